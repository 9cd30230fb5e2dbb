using System.Text.Json;
using AliveMcp.Collector.Memory;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Outbox;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Collector.Tests.Memory;

public sealed class EraChangeTests(TestStorage storage) : IClassFixture<TestStorage>
{
    private const string Url = "https://mcp.example/mcp";
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_change_of_the_remembered_era_is_told_once_whoever_writes_it_again()
    {
        var server = Sample.NextServer();
        var old = ServerMemory.Of(server, Url) with { Era = Era.Initialize, OtherLegAt = Now };

        await WriteAsync(old);
        await WriteAsync(old with { ToolCount = 3 });
        await WriteAsync(old with { Era = Era.Discover });
        await WriteAsync(old with { Era = Era.Discover, ToolCount = 4 });

        var told = Assert.Single(await ToldAsync(server));
        Assert.Equal(new ServerObserved(server.Server.Value, "era_changed", "initialize", "discover", Now), told);
        var read = await new MemoryTable(storage.Doors).ReadAsync([server.Server], CancellationToken.None);
        Assert.Equal((Era.Discover, Now), (read[server.Server].Era, read[server.Server].OtherLegAt));
    }

    [Fact]
    public async Task A_server_that_moved_to_another_url_has_no_era_that_it_could_change()
    {
        var server = Sample.NextServer();

        await WriteAsync(ServerMemory.Of(server, Url) with { Era = Era.Initialize });
        await WriteAsync(ServerMemory.Of(server, Url + "/new") with { Era = Era.Discover });

        Assert.Empty(await ToldAsync(server));
    }

    private Task WriteAsync(ServerMemory memory) =>
        new MemoryTable(storage.Doors).WriteAsync(memory, Now, CancellationToken.None);

    private async Task<IReadOnlyList<ServerObserved>> ToldAsync(ServerKey server)
    {
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync();
        var records = await connection.QueryAsync<string>(
            "SELECT record FROM storage.outbox WHERE topic = 'server.observed' AND (record->>'server_id')::int = @id",
            new { id = server.Server.Value }
        );
        return [.. records.Select(json => JsonSerializer.Deserialize<ServerObserved>(json, OutboxTopic.Json)!)];
    }
}
