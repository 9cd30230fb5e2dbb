using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Files;
using AliveMcp.Testing.Rooms;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Cli.Tests.Maintenance;

/// <summary>The commands against the real API. Watched are weather and search, which have the tag prod, and lab, which has none.</summary>
public sealed class MaintenanceCommandTests(ServersApi api) : IClassFixture<ServersApi>, IAsyncLifetime
{
    private const string Three = """
        servers:
          - { slug: weather, url: "https://weather.example/mcp", tags: [prod] }
          - { slug: search, url: "https://search.example/mcp", tags: [prod, eu] }
          - { slug: lab, url: "https://lab.example/mcp" }

        """;

    public async ValueTask InitializeAsync()
    {
        await ApplyAsync(Three + "maintenance: []");
        await using var connection = await api.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync("DELETE FROM servers.maintenance; DELETE FROM servers.wide_maintenance");
    }

    [Fact]
    public async Task A_window_by_tag_reaches_the_planner_for_the_servers_that_have_it()
    {
        var made = await CallAsync("add", "--tag", "prod", "--for", "2h", "--note", "Moving\u202e");
        var plain = await CallAsync("add", "--tag", "prod", "--for", "2h", "--note", "Moving");

        Assert.Equal(65, made.ExitCode);
        Assert.Equal((0, ""), (plain.ExitCode, plain.Error));
        Assert.Contains("  tag prod  ", plain.Out, StringComparison.Ordinal);
        Assert.Equal(["search", "weather"], await InMaintenanceAsync());

        await ApplyAsync(Three.Replace(", tags: [prod]", "", StringComparison.Ordinal));
        Assert.Equal(["search"], await InMaintenanceAsync());
    }

    [Fact]
    public async Task A_window_of_all_is_of_all_servers_of_the_tenant_and_of_no_other()
    {
        await ApplyAsync("servers: [{ slug: stranger, url: 'https://stranger.example/mcp' }]", ServersApi.Charlie);

        await CallAsync("add", "--all", "--for", "1h");

        Assert.Equal(["lab", "search", "weather"], await InMaintenanceAsync());
    }

    [Fact]
    public async Task Windows_are_listed_and_cancelled_by_their_numbers_whatever_they_are_of()
    {
        await CallAsync("add", "--server", "lab", "--for", "30m");
        await CallAsync(
            "add",
            "--all",
            "--from",
            "2031-01-05T02:00+01:00",
            "--for",
            "1h",
            "--rrule",
            "FREQ=WEEKLY;BYDAY=SU",
            "--zone",
            "Europe/Zurich"
        );

        var listed = Lines(await CallAsync("list"));
        Assert.Equal(2, listed.Length);
        Assert.Contains("  lab  ", listed[0], StringComparison.Ordinal);
        Assert.EndsWith(
            "  all servers  2031-01-05T01:00:00Z to 2031-01-05T02:00:00Z  again FREQ=WEEKLY;BYDAY=SU, Europe/Zurich",
            listed[1],
            StringComparison.Ordinal
        );
        foreach (var line in listed)
        {
            Assert.Equal(0, (await CallAsync("cancel", line.Trim().Split(' ')[0])).ExitCode);
        }

        Assert.Equal("There is none.", Lines(await CallAsync("list"))[0]);
        Assert.Contains(
            "There is no planned maintenance 4711",
            (await CallAsync("cancel", "4711")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_file_plans_and_cancels_windows_and_knows_them_again()
    {
        const string windows = """
            maintenance:
              - { tags: [prod, eu], from: 2031-01-05T02:00Z, to: 2031-01-05T03:00Z, note: Moving }
              - { all: true, from: 2031-01-06T02:00Z, to: 2031-01-06T03:00Z, rrule: FREQ=DAILY, zone: Europe/Zurich }
            """;

        var made = await ApplyAsync(windows);
        var again = await ApplyAsync(windows);
        var exported = await Call.AliveMcpAsync(Place("export", "config"));
        var round = await ApplyAsync(exported.Out);
        var gone = await ApplyAsync("maintenance: []");

        Assert.Equal(["2031-01-05T02:00:00Z eu prod", "2031-01-06T02:00:00Z all"], made.Parts!["maintenance"].Created);
        Assert.Equal(2, again.Parts!["maintenance"].Unchanged.Count);
        Assert.Empty(again.Parts["maintenance"].Created);
        Assert.Equal(2, round.Parts!["maintenance"].Unchanged.Count);
        Assert.Equal(2, gone.Parts!["maintenance"].Removed.Count);
    }

    [Theory]
    [InlineData(64, "Say of which servers", "--for", "1h")]
    [InlineData(64, "Say of which servers", "--for", "1h", "--all", "--tag", "prod")]
    [InlineData(64, "Say how long", "--all")]
    [InlineData(64, "--for is 'long': give a length", "--all", "--for", "long")]
    [InlineData(65, "no zone that we know", "--all", "--for", "1h", "--rrule", "FREQ=DAILY", "--zone", "Mars/Olympus")]
    [InlineData(65, "'FREQ=HOURLY' is not taken", "--all", "--for", "1h", "--rrule", "FREQ=HOURLY")]
    [InlineData(65, "There is no server 'nobody'", "--server", "nobody", "--for", "1h")]
    public async Task What_cannot_be_is_refused(int code, string why, params string[] flags)
    {
        var call = await CallAsync(["add", .. flags]);

        Assert.Equal(code, call.ExitCode);
        Assert.Contains(why, call.Error, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<string[]> InMaintenanceAsync()
    {
        var watched = await api
            .Services.GetRequiredService<WatchList>()
            .PageAsync(default, 100, TestContext.Current.CancellationToken);
        return
        [
            .. watched
                .Where(server => server.Maintenance.Count > 0)
                .Select(server => new Uri(server.Url).Host.Split('.')[0])
                .Order(StringComparer.Ordinal),
        ];
    }

    private async Task<ApplyAnswer> ApplyAsync(string text, TenantId? tenant = null)
    {
        var applied = await api
            .Services.GetRequiredService<ServersFile>()
            .ApplyAsync(tenant ?? TenantId.Local, text, new ApplyOptions(), TestContext.Current.CancellationToken);
        return applied.TryGet(out var answer)
            ? answer
            : throw new InvalidOperationException(applied.Problems[0].Message);
    }

    private Task<Call> CallAsync(params string[] words) => Call.AliveMcpAsync(Place(["maintenance", .. words]));

    private string[] Place(params string[] words) =>
        [.. words, "--url", api.Url.ToString(), "--token-file", api.TokenFile];

    private static string[] Lines(Call call) => call.Out.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
