using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace AliveMcp.Bench.FirstVerdict;

/// <summary>The Host with everything embedded, started in a folder as <c>alivemcp up</c> starts it, and asked over HTTP like any reader.</summary>
internal sealed class Install : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly string _folder;
    private readonly Process _host;
    private readonly HttpClient _client = new(new SocketsHttpHandler());
    private readonly long _began;
    private readonly TimeProvider _clock;

    private Install(string folder, TimeProvider clock)
    {
        _folder = folder;
        _clock = clock;
        var start = new ProcessStartInfo("dotnet", ["exec", Program(), "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["Embedded__Folder"] = folder;
        _began = clock.GetTimestamp();
        _host = Process.Start(start)!;
        _host.OutputDataReceived += (_, _) => { };
        _host.ErrorDataReceived += (_, _) => { };
        _host.BeginOutputReadLine();
        _host.BeginErrorReadLine();
    }

    public static Install Start(string folder, TimeProvider clock) => new(folder, clock);

    /// <summary>Since the start.</summary>
    public TimeSpan Elapsed => _clock.GetElapsedTime(_began);

    /// <summary>Waits until the Host says that everything runs.</summary>
    public async Task<Uri> ReadyAsync()
    {
        var file = Path.Combine(_folder, "run", "ready");
        while (!File.Exists(file))
        {
            await WaitAsync("to be ready");
        }

        return new Uri((await File.ReadAllTextAsync(file)).Trim().Split(' ')[1]);
    }

    /// <summary>
    /// Waits for a live minute of a demo server that is newer than <paramref name="than"/>, sealed, archived and readable. Archived: the
    /// uptime of the answer comes from the archive alone.
    /// </summary>
    /// <returns>The start of that minute.</returns>
    public async Task<DateTimeOffset> LiveAsync(Uri host, DateTimeOffset than)
    {
        var url = new Uri(host, "/api/embed-status/demo-healthy-initialize");
        while (true)
        {
            using var answer = await _client.GetAsync(url);
            if (answer.IsSuccessStatusCode)
            {
                var status = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
                var minute = status["last_probe_at"]?.GetValue<DateTimeOffset>();
                if (
                    status["state"]!.GetValue<string>() == "live"
                    && status["uptime_24h_pct"] is not null
                    && minute > than
                )
                {
                    return minute.Value;
                }
            }

            await WaitAsync("to tell of a live minute");
        }
    }

    /// <summary>Resident memory of each process, by the name of its file under <c>run/</c>.</summary>
    public IReadOnlyDictionary<string, int> Memories() =>
        Directory
            .EnumerateFiles(Path.Combine(_folder, "run"), "*.pid")
            .Select(file => (Name: Path.GetFileNameWithoutExtension(file), Id: Pid(file)))
            .DistinctBy(process => process.Id)
            .ToDictionary(process => process.Name, process => Memory.MiB(process.Id));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        using (var stop = Process.Start("kill", ["-TERM", _host.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await stop.WaitForExitAsync();
        }

        await _host.WaitForExitAsync();
        _host.Dispose();
    }

    private async Task WaitAsync(string what)
    {
        if (_host.HasExited || Elapsed > Patience)
        {
            throw new InvalidOperationException($"The install was expected {what} and did not.");
        }

        await Task.Delay(Pause, _clock);
    }

    private static int Pid(string file) =>
        int.Parse(File.ReadAllText(file).Split(' ', '\n')[0], CultureInfo.InvariantCulture);

    private static bool IsSetting(string name) =>
        name.StartsWith("ALIVEMCP_", StringComparison.Ordinal)
        || name.StartsWith("ConnectionStrings__", StringComparison.Ordinal)
        || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal);

    /// <summary>The Host as it was built for itself, with the prober and the demo servers beside it.</summary>
    private static string Program()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = here.Parent!.Name;
        var root = here;
        while (!File.Exists(Path.Combine(root.FullName, "AliveMcp.sln")))
        {
            root =
                root.Parent ?? throw new InvalidOperationException("The benchmarks run inside their checked-out tree.");
        }

        return Path.Combine(
            root.FullName,
            "src",
            "AliveMcp.Host",
            "bin",
            configuration,
            here.Name,
            "AliveMcp.Host.dll"
        );
    }
}
