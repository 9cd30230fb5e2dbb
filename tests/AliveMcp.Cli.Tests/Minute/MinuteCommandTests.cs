using AliveMcp.Servers.Files;
using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Rooms;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Cli.Tests.Minute;

/// <summary>The command against the real API: a server with one archived minute, and a newer one that is sealed only.</summary>
public sealed class MinuteCommandTests(ServersApi api) : IClassFixture<ServersApi>, IAsyncLifetime
{
    private static readonly MinuteStamp Minute = MinuteStamp.Of(TimeProvider.System.GetUtcNow()) - 2;

    private static bool _isThere;

    public async ValueTask InitializeAsync()
    {
        if (_isThere)
        {
            return;
        }

        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """servers: [{ slug: weather, url: "https://weather.example/mcp" }]""");
        var servers = api.Services.GetRequiredService<ServersFile>();
        await servers.ApplyFileAsync(TenantId.Local, file, new ApplyOptions(), CancellationToken.None);
        File.Delete(file);
        await using var connection = await api.Storage.Doors.AllTenants.OpenConnectionAsync();
        var id = await connection.ExecuteScalarAsync<int>("SELECT server_id FROM servers.server");
        await new ArchivedRows(api.Storage.Doors).KeepAsync(Verdicts.Down(Verdicts.Local(id), Minute));
        await new SealedLog(api.Storage.Redis).SealAsync(Verdicts.Live(Verdicts.Local(id), Minute + 1));
        _isThere = true;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_newest_archived_minute_is_told_from_plan_to_archive()
    {
        var call = await CallAsync("weather", "latest");

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        Assert.Equal(
            $"""
            weather {Minute}
            plan     {Minute}, stands for 1 min, down when 1 of local says so
            tickets  lane shared, settings 1, a second try after 10 s when the first is not live
            entry    local: down (connection_refused) at connect
            sealed   down (connection_refused), 1 of 1 regions that could look say down
            archived down, hot minute, weight 1

            """,
            call.Out.ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public async Task A_minute_that_is_sealed_and_not_archived_says_so()
    {
        var call = await CallAsync("weather", (Minute + 1).ToString());

        Assert.Contains("sealed   live", call.Out, StringComparison.Ordinal);
        Assert.Contains("archived no", call.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_carries_the_entries_with_their_public_words()
    {
        var call = await CallAsync("weather", "latest", "--json");

        using var answer = System.Text.Json.JsonDocument.Parse(call.Out);
        var root = answer.RootElement;
        Assert.Equal("down", root.GetProperty("state").GetString());
        Assert.Equal("hot_minute", root.GetProperty("archived").GetString());
        Assert.Equal("connection_refused", root.GetProperty("entries")[0].GetProperty("failure_reason").GetString());
        Assert.Equal("connect", root.GetProperty("entries")[0].GetProperty("failure_layer").GetString());
    }

    [Theory]
    [InlineData("nobody", "latest", 65, "There is no server 'nobody'")]
    [InlineData("weather", "2020-01-01T00:00Z", 65, "Nothing is known of minute")]
    [InlineData("weather", "yesterday", 64, "is not a minute")]
    public async Task What_cannot_be_explained_is_named(string server, string minute, int code, string complaint)
    {
        var call = await CallAsync(server, minute);

        Assert.Equal(code, call.ExitCode);
        Assert.Contains(complaint, call.Error, StringComparison.Ordinal);
    }

    private Task<Call> CallAsync(params string[] more) =>
        Call.AliveMcpAsync(["minute", "--url", api.Url.ToString(), "--token-file", api.TokenFile, .. more]);
}
