using System.IO.Compression;
using System.Text.Json;
using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Minutes;
using AliveMcp.Collector.Schedule;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Contracts;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Schedule;

/// <summary>Three servers of two tenants at one URL, from the watch list to the seal.</summary>
public sealed class SharedLookPathTests(DeskHouse house) : IClassFixture<DeskHouse>, IAsyncLifetime
{
    private const string Url = "https://mcp.example/shared";
    private static readonly TenantId Charlie = new(77);

    [Fact]
    public async Task One_look_is_recorded_for_each()
    {
        var servers = await WatchAsync();
        await PlanAsync();

        var ticket = Assert.Single(await DeskHouse.LeaseAsync(house.East));
        var answer = await DeskHouse.ReportAsync(house.East, DeskHouse.Report(ticket));

        Assert.Equal((servers[0], new ReportAnswer(1, 0, 0)), (ticket.Server, answer));
        foreach (var server in servers)
        {
            Assert.Equal(ServerState.Live, await SealedAsync(server));
        }
    }

    [Fact]
    public async Task Its_tool_list_is_kept_for_each()
    {
        var servers = await WatchAsync();
        await PlanAsync();
        var ticket = Assert.Single(await DeskHouse.LeaseAsync(house.East));

        using var request = Contract(ticket);
        using var answer = await house.East.SendAsync(request);

        Assert.Equal(System.Net.HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(
            servers.Select(server => server.Server.Value),
            await house.RowsAsync<int>("SELECT server_id FROM collector.contract_version ORDER BY 1", new { })
        );
    }

    [Fact]
    public async Task Whoever_adds_a_name_to_the_ticket_is_refused()
    {
        await WatchAsync();
        await PlanAsync();
        var stranger = await house.WatchAsync(url: "https://mcp.example/other");
        var ticket = Assert.Single(await DeskHouse.LeaseAsync(house.East));

        var answer = await DeskHouse.ReportAsync(
            house.East,
            DeskHouse.Report(ticket with { Signature = $"{ticket.Signature},{stranger}" })
        );

        Assert.Equal(new ReportAnswer(0, 0, 1), answer);
    }

    [Fact]
    public async Task When_the_first_goes_away_the_next_one_is_looked_at_for_the_others()
    {
        var servers = await WatchAsync();
        await house.RowsAsync<int>(
            "UPDATE servers.server SET paused_at = now() WHERE server_id = @id RETURNING 1",
            new { id = servers[0].Server.Value }
        );
        await PlanAsync();

        var ticket = Assert.Single(await DeskHouse.LeaseAsync(house.East));
        await DeskHouse.ReportAsync(house.East, DeskHouse.Report(ticket));

        Assert.Equal(servers[1], ticket.Server);
        Assert.Equal(ServerState.Live, await SealedAsync(servers[2]));
    }

    [Fact]
    public async Task Servers_with_other_settings_have_looks_of_their_own()
    {
        var servers = await WatchAsync();
        await house.RowsAsync<int>(
            """
            UPDATE servers.server SET timeout_ms = 3000 WHERE server_id = @one RETURNING 1;
            """,
            new { one = servers[1].Server.Value }
        );
        await PlanAsync();

        var tickets = await DeskHouse.LeaseAsync(house.East);

        Assert.Equal([servers[0], servers[1]], tickets.Select(ticket => ticket.Server).OrderBy(key => key.Server));
    }

    public async ValueTask InitializeAsync()
    {
        await house.Storage.Redis.Database.ExecuteAsync("FLUSHALL");
        await house.RowsAsync<int>(
            """
            DELETE FROM servers.server;
            DELETE FROM collector.contract_version;
            INSERT INTO tenancy.tenant (tenant_id, slug, name, plan) VALUES (77, 'charlie', 'Charlie', 'public')
                ON CONFLICT DO NOTHING;
            """,
            new { }
        );
        await house.Get<LiveRegions>().NoteAsync(Sample.East, "prober-1");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<IReadOnlyList<ServerKey>> WatchAsync() =>
        [await house.WatchAsync(url: Url), await house.WatchAsync(Charlie, Url), await house.WatchAsync(url: Url)];

    private async Task PlanAsync()
    {
        var memory = new PlanMemory(house.Storage.Redis);
        var opener = new MinuteOpener(
            new OpenScript(house.Storage.Redis),
            new QueueScript(house.Storage.Redis),
            house.Get<CollectorMeter>()
        );
        var tick = new ScheduleTick(
            new WatchPages(house.Get<WatchList>(), new PlanFactsTable(house.Storage.Doors)),
            house.Get<LiveRegions>(),
            memory,
            new PagePlanner(memory, opener),
            new TickLog(house.Storage.Redis, house.Storage.Clock)
        );
        Assert.InRange(await tick.RunAsync(CancellationToken.None), 2, 6);
    }

    private static HttpRequestMessage Contract(ProbeTicket ticket)
    {
        using var json = JsonDocument.Parse("""[{"name":"search","inputSchema":{"type":"object"}}]""");
        var contract = ContractHasher.Hash([.. json.RootElement.EnumerateArray()]);
        using var body = new MemoryStream();
        using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(contract.Canonical.Span);
        }

        var request = new HttpRequestMessage(HttpMethod.Put, $"contracts/{contract.FullHash}")
        {
            Content = new ByteArrayContent(body.ToArray()),
        };
        request.Headers.Add(DeskHeaders.Prober, DeskHouse.Prober);
        request.Headers.Add(DeskHeaders.Server, ticket.Server.ToString());
        request.Headers.Add(DeskHeaders.Minute, $"{ticket.Minute.Value}");
        request.Headers.Add(DeskHeaders.Signature, ticket.Signature);
        return request;
    }

    private async Task<ServerState?> SealedAsync(ServerKey server)
    {
        var packed = await house.Storage.Redis.Database.HashGetAsync(CollectorKeys.Hot(server.Server), "a");
        return packed.IsNull ? null : VerdictCodec.Unpack((byte[])packed!).State;
    }
}
