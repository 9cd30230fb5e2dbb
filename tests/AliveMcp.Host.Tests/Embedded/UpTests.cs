using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using AliveMcp.Host.Embedded.Children;
using AliveMcp.Testing.Processes;
using AliveMcp.Testing.Time;

namespace AliveMcp.Host.Tests.Embedded;

/// <summary>The whole embedded start, as processes.</summary>
public sealed class UpTests
{
    private static readonly string[] Children = ["postgres", "redis", "demo", "prober-local"];

    [Fact]
    public async Task It_starts_in_one_folder_once_survives_the_kill_of_any_child_and_stops_when_told()
    {
        using var folder = new TemporaryFolder();
        await using var up = Run(folder, "up", "--detach", "--urls=http://127.0.0.1:0");
        Assert.Equal(0, await up.WaitForExitAsync(Patience.Limit));
        var host = Pid(folder, "host");
        Assert.All(["web", "scheduler", "collector", "archiver"], role => Assert.Equal(host, Pid(folder, role)));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(folder[".alivemcp/run/api-key"])
        );
        Assert.Contains("/sign-in/owner?token=", up.Output, StringComparison.Ordinal);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(folder[".alivemcp/run/owner-link"])
        );

        await using var second = Run(folder, "up", "--urls=http://127.0.0.1:0");
        Assert.Equal(69, await second.WaitForExitAsync(Patience.Limit));
        Assert.Contains($"is held by process {host}", second.Output, StringComparison.Ordinal);

        var before = Children.ToDictionary(child => child, child => Pid(folder, child), StringComparer.Ordinal);
        foreach (var child in before.Values)
        {
            Process.GetProcessById(child).Kill();
        }

        await Eventually.GetAsync(
            () => Task.FromResult(Children.All(child => Pid(folder, child) != before[child])),
            all => all,
            Patience.Limit
        );
        await Eventually.GetAsync(() => StatusAsync(folder), status => status == "ok", Patience.Limit);

        var running = Children.Select(child => Pid(folder, child)).ToList();
        await using var down = Run(folder, "down");
        Assert.Equal(0, await down.WaitForExitAsync(Patience.Limit));
        Assert.DoesNotContain(running, PosixSignals.IsAlive);
        Assert.Equal(
            ["api-key", "lock"],
            Directory.GetFiles(folder[".alivemcp/run"]).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("the host")]
    [InlineData("the command")]
    public async Task A_kill_of_the_parent_leaves_nothing_behind(string killed)
    {
        using var folder = new TemporaryFolder();
        await using var up = Run(folder, "up", "--urls=http://127.0.0.1:0", "--no-demo");
        await up.WaitForLineAsync("Open http://", Patience.Limit);
        string[] names = ["host", "postgres", "redis", "prober-local"];
        var running = names.Select(name => Pid(folder, name)).ToList();

        PosixSignals.Send(killed == "the host" ? running[0] : up.Id, PosixSignals.Kill);

        await Eventually.GetAsync(
            () => Task.FromResult(running.Count(PosixSignals.IsAlive)),
            alive => alive == 0,
            Patience.Limit
        );
        Assert.Equal(137, await up.WaitForExitAsync(Patience.Limit));
    }

    private static ProgramUnderTest Run(TemporaryFolder folder, params string[] arguments) =>
        ProgramUnderTest.Start(
            "AliveMcp.Cli",
            arguments,
            new Dictionary<string, string>(StringComparer.Ordinal),
            folder.Path
        );

    private static int Pid(TemporaryFolder folder, string name) =>
        Leftover.TryReadPid(folder[$".alivemcp/run/{name}.pid"], out var pid) ? pid : 0;

    private static async Task<string?> StatusAsync(TemporaryFolder folder)
    {
        var ready = await File.ReadAllTextAsync(folder[".alivemcp/run/ready"]);
        using var http = new HttpClient(new SocketsHttpHandler());
        using var response = await http.GetAsync(new Uri(new Uri(ready.Split(' ')[1].Trim()), "/readyz"));
        var health = await response.Content.ReadFromJsonAsync<JsonElement>();
        return health.GetProperty("status").GetString();
    }
}
