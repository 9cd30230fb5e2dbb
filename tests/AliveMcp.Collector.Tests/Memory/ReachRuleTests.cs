using System.Text.Json;
using AliveMcp.Collector.Memory;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Outbox;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;
using Dapper;

namespace AliveMcp.Collector.Tests.Memory;

public sealed class ReachRuleTests(TestStorage storage) : IClassFixture<TestStorage>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);
    private static readonly RegionEntry Live = Sample.Entry(Sample.Local);

    [Fact]
    public void The_same_certificate_and_the_same_network_teach_nothing_the_second_time()
    {
        var once = ReachRule.Learn(ServerReach.None, Live, Seen(30), Now);

        Assert.Equal((Now.AddDays(30), "Example CA R1"), (once.CertificateEnds, once.CertificateIssuer));
        Assert.Equal(["203.0.113.0/24"], once.Blocks.Keys);
        Assert.Same(once, ReachRule.Learn(once, Live, Seen(30), Now.AddHours(10)));
    }

    [Fact]
    public void Edges_that_disagree_turn_it_twice_an_hour_at_most_and_the_earlier_end_is_believed_at_once()
    {
        var (reach, writes) = (ServerReach.None, 0);
        for (var minute = 0; minute < 600; minute++)
        {
            var next = ReachRule.Learn(reach, Live, Seen(minute % 2 == 0 ? 90 : 10), Now.AddMinutes(minute));
            writes += ReferenceEquals(next, reach) ? 0 : 1;
            reach = next;
            if (minute % 2 == 1)
            {
                Assert.Equal(Now.AddDays(10), reach.CertificateEnds);
            }
        }

        Assert.InRange(writes, 2, 22);
    }

    [Fact]
    public void Who_never_got_through_TLS_or_is_in_doubt_teaches_nothing()
    {
        RegionEntry[] blind =
        [
            Sample.Down(Sample.Local, Why.TlsUntrusted) with
            {
                FailedAt = ProbeStep.Tls,
            },
            Sample.Down(Sample.Local, Why.ConnectionRefused) with
            {
                FailedAt = ProbeStep.Connect,
            },
            new RegionEntry
            {
                Region = Sample.Local,
                State = ServerState.Unknown,
                Why = Why.RegionInDoubt,
                Tries = 1,
            },
        ];

        Assert.All(
            blind,
            entry => Assert.Same(ServerReach.None, ReachRule.Learn(ServerReach.None, entry, Seen(5), Now))
        );
    }

    [Fact]
    public void Networks_are_few_and_those_that_are_not_seen_any_more_are_let_go()
    {
        var reach = ServerReach.None;
        for (var network = 0; network < 40; network++)
        {
            reach = ReachRule.Learn(reach, Live, Seen(30) with { AddressBlock = $"203.0.{network}.0/24" }, Now);
        }

        Assert.Equal(8, reach.Blocks.Count);
        var later = ReachRule.Learn(reach, Live, Seen(30) with { AddressBlock = "198.51.100.0/24" }, Now.AddDays(2));
        Assert.Equal(["198.51.100.0/24"], later.Blocks.Keys);
    }

    [Theory]
    [InlineData("203.0.113.7")]
    [InlineData("203.0.113.7/24")]
    [InlineData("203.0.0.0/16")]
    [InlineData("2001:db8::/32")]
    [InlineData("0.0.0.0/24 or so")]
    public void What_is_no_block_and_no_plain_name_is_not_remembered(string block)
    {
        var odd = Seen(30) with { AddressBlock = block, CertificateIssuer = "Evil <b>CA</b>" };

        var reach = ReachRule.Learn(ServerReach.None, Live, odd, Now);

        Assert.Empty(reach.Blocks);
        Assert.Null(reach.CertificateIssuer);
    }

    [Fact]
    public async Task Others_are_told_once_of_what_is_otherwise_and_of_a_move_to_another_url()
    {
        var server = Sample.NextServer();
        var memory = ServerMemory.Of(server, "https://mcp.example/mcp") with
        {
            Reach = ReachRule.Learn(ServerReach.None, Live, Seen(30), Now),
        };
        var nextDay = memory with { Reach = ReachRule.Learn(memory.Reach, Live, Seen(30), Now.AddDays(1)) };

        await WriteAsync(memory);
        await WriteAsync(memory with { ToolCount = 3 });
        await WriteAsync(nextDay);
        await WriteAsync(ServerMemory.Of(server, "https://mcp.example/new") with { ToolCount = 3 });

        var read = await new MemoryTable(storage.Doors).ReadAsync([server.Server], CancellationToken.None);
        Assert.Equal(ServerReach.None, read[server.Server].Reach);
        var told = await ToldAsync(server);
        Assert.Equal([Now.AddDays(30), null], told.Select(one => one.CertificateEnds));
        Assert.Equal(["203.0.113.0/24"], told[0].Blocks);
        Assert.Empty(told[1].Blocks);
    }

    private static Observed Seen(int days) =>
        new()
        {
            CertificateBegins = Now.AddDays(-60),
            CertificateEnds = Now.AddDays(days),
            CertificateIssuer = "Example CA R1",
            AddressBlock = "203.0.113.0/24",
        };

    private Task WriteAsync(ServerMemory memory) =>
        new MemoryTable(storage.Doors).WriteAsync(memory, Now, CancellationToken.None);

    private async Task<IReadOnlyList<ServerReached>> ToldAsync(ServerKey server)
    {
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync();
        var records = await connection.QueryAsync<string>(
            "SELECT record FROM storage.outbox WHERE topic = 'server.reach' AND (record->>'server_id')::int = @id ORDER BY outbox_id",
            new { id = server.Server.Value }
        );
        return [.. records.Select(json => JsonSerializer.Deserialize<ServerReached>(json, OutboxTopic.Json)!)];
    }
}
