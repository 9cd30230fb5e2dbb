using System.IO.Compression;
using System.Net;
using System.Text.Json;
using AliveMcp.Collector.ContractVersions;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Contracts;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.ContractVersions;

public sealed class BroughtContractTests(DeskHouse house) : IClassFixture<DeskHouse>
{
    [Fact]
    public async Task A_contract_is_kept_once_and_read_back_when_a_report_names_it()
    {
        var server = await house.WatchAsync();
        await house.OpenAsync(server, Sample.East);
        var ticket = await house.LeaseOneAsync(house.East);
        var contract = Contract("search", "fetch");

        Assert.Equal(
            HttpStatusCode.NoContent,
            await PutAsync(ticket, contract.FullHash, Gzip(contract.Canonical.Span))
        );
        Assert.Equal(
            HttpStatusCode.NoContent,
            await PutAsync(ticket, contract.FullHash, Gzip(contract.Canonical.Span))
        );
        await DeskHouse.ReportAsync(house.East, DeskHouse.Report(ticket) with { Observed = Seen(contract) });

        var queries = house.Get<ContractVersionQueries>();
        var current = await queries.CurrentAsync(server, CancellationToken.None);
        var versions = await queries.SinceAsync(server, DateTimeOffset.UnixEpoch, CancellationToken.None);
        Assert.Equal((contract.ContractHash, 2), (current!.ContractHash, current.ToolCount));
        Assert.Equal(["fetch", "search"], current.ToolNames);
        Assert.Equal("2025-11-25", current.ProtocolVersion);
        Assert.Equal(contract.FullHash, Assert.Single(versions).FullHash);
        Assert.Equal(current.FirstSeen, versions[0].FirstSeen);
        var text = await queries.TextAsync(server, contract.FullHash, CancellationToken.None);
        Assert.Equal(contract.Canonical.ToArray(), text!.Value.ToArray());
        Assert.Null(await queries.TextAsync(server, Contract("other").FullHash, CancellationToken.None));
    }

    [Theory]
    [InlineData("""{"name":"\ud800","inputSchema":{"type":"object"}}""", "\"\\ud800\"")]
    [InlineData("""{"name":"t","n\udc00ame":1,"\ud800":2,"inputSchema":{"type":"object"}}""", "t")]
    public async Task A_list_with_half_characters_is_kept_like_any_other(string tool, string name)
    {
        var server = await house.WatchAsync();
        await house.OpenAsync(server, Sample.East);
        var ticket = await house.LeaseOneAsync(house.East);
        var contract = ContractHasher.Hash([JsonElement.Parse(tool)]);

        var put = await PutAsync(ticket, contract.FullHash, Gzip(contract.Canonical.Span));
        await DeskHouse.ReportAsync(house.East, DeskHouse.Report(ticket) with { Observed = Seen(contract) });

        Assert.Equal(HttpStatusCode.NoContent, put);
        var current = await house.Get<ContractVersionQueries>().CurrentAsync(server, CancellationToken.None);
        Assert.Equal([name], current!.ToolNames);
    }

    [Fact]
    public async Task The_hash_must_be_of_the_text()
    {
        var ticket = await TicketAsync();
        var contract = Contract("search");

        var wrong = await PutAsync(ticket, Contract("other").FullHash, Gzip(contract.Canonical.Span));
        var loose = await PutAsync(ticket, contract.FullHash, Gzip("{\"tools\": [ 1 ]}"u8));
        var plain = await PutAsync(ticket, contract.FullHash, contract.Canonical.ToArray());
        var odd = await PutAsync(ticket, contract.FullHash, Gzip("[]"u8));

        Assert.All([wrong, loose, plain, odd], status => Assert.Equal(HttpStatusCode.BadRequest, status));
    }

    [Fact]
    public async Task A_bomb_is_not_unpacked_to_its_end()
    {
        var ticket = await TicketAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var spaces = Enumerable.Repeat((byte)' ', 1024 * 1024).ToArray();
            for (var megabyte = 0; megabyte < 64; megabyte++)
            {
                await gzip.WriteAsync(spaces);
            }
        }

        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync(ticket, Contract("a").FullHash, packed.ToArray()));
    }

    [Fact]
    public async Task More_than_four_mebibytes_are_refused()
    {
        var ticket = await TicketAsync();

        var status = await PutAsync(ticket, Contract("a").FullHash, new byte[(4 * 1024 * 1024) + 1]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Fact]
    public async Task Whose_contract_it_is_says_the_ticket_and_nothing_else()
    {
        var ticket = await TicketAsync();
        var victim = await house.WatchAsync();
        var contract = Contract("search");
        var gzip = Gzip(contract.Canonical.Span);

        var other = await PutAsync(ticket with { Server = victim }, contract.FullHash, gzip);
        var forged = await PutAsync(ticket with { Signature = new string('A', 43) }, contract.FullHash, gzip);
        var elsewhere = await PutAsync(ticket, contract.FullHash, gzip, house.West);

        Assert.All([other, forged, elsewhere], status => Assert.Equal(HttpStatusCode.Forbidden, status));
    }

    [Fact]
    public async Task After_twenty_new_lists_in_a_day_no_more_are_kept()
    {
        var ticket = await TicketAsync();
        for (var version = 0; version < 22; version++)
        {
            var contract = Contract($"tool{version}");
            Assert.Equal(
                HttpStatusCode.NoContent,
                await PutAsync(ticket, contract.FullHash, Gzip(contract.Canonical.Span))
            );
        }

        var kept = await house
            .Get<ContractVersionQueries>()
            .SinceAsync(ticket.Server, DateTimeOffset.UnixEpoch, CancellationToken.None);
        Assert.Equal(20, kept.Count);
    }

    [Fact]
    public async Task The_conditions_under_which_a_list_was_taken_are_kept_with_it_and_renewed()
    {
        var ticket = await TicketAsync();
        var contract = Contract("search");
        var gzip = Gzip(contract.Canonical.Span);

        await PutAsync(ticket, contract.FullHash, gzip);
        Assert.Equal((null, null, null), await KeyAsync(ticket));

        await PutAsync(
            ticket,
            contract.FullHash,
            gzip,
            key: ["https%3A%2F%2Fx.example%2F%C3%A9", "cred-7", "2025-11-25"]
        );
        Assert.Equal(("https://x.example/é", "cred-7", "2025-11-25"), await KeyAsync(ticket));

        await PutAsync(ticket, contract.FullHash, gzip, key: ["https%3A%2F%2Fx.example", "%00", new string('v', 121)]);
        Assert.Equal(("https://x.example", null, null), await KeyAsync(ticket));
    }

    [Fact]
    public async Task What_was_seen_is_found_by_the_time_of_its_change()
    {
        var server = await house.WatchAsync();
        await house.OpenAsync(server, Sample.East);
        var ticket = await house.LeaseOneAsync(house.East);
        var contract = Contract("search");
        await DeskHouse.ReportAsync(house.East, DeskHouse.Report(ticket) with { Observed = Seen(contract) });
        var sightings = house.Get<ContractSightings>();

        var seen = (await sightings.OfAsync(server, CancellationToken.None))!;

        Assert.Equal(
            (contract.ContractHash, contract.FullHash, "2025-11-25"),
            (seen.ContractHash, seen.FullHash, seen.ProtocolVersion)
        );
        Assert.Equal(contract.FullHash, seen.ByRegion[Sample.East.Name]);
        var before = await sightings.ChangedSinceAsync(
            seen.ChangedAt.AddSeconds(-1),
            default,
            1_000,
            CancellationToken.None
        );
        var behind = await sightings.ChangedSinceAsync(seen.ChangedAt, server.Server, 1_000, CancellationToken.None);
        Assert.Contains(before, one => one.Server == server);
        Assert.DoesNotContain(behind, one => one.Server == server);
    }

    private async Task<(string?, string?, string?)> KeyAsync(ProbeTicket ticket)
    {
        var kept = await house.Get<ContractSightings>().KeptAsync(ticket.Server, CancellationToken.None);
        var list = Assert.Single(kept);
        return (list.Url, list.Credential, list.ProtocolVersion);
    }

    private async Task<ProbeTicket> TicketAsync()
    {
        var server = await house.WatchAsync();
        await house.OpenAsync(server, Sample.East);
        return await house.LeaseOneAsync(house.East);
    }

    private async Task<HttpStatusCode> PutAsync(
        ProbeTicket ticket,
        string hash,
        byte[] body,
        HttpClient? client = null,
        string[]? key = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"contracts/{hash}");
        request.Content = new ByteArrayContent(body);
        // So that a refusal is read before the body is sent.
        request.Headers.ExpectContinue = true;
        request.Headers.Add(DeskHeaders.Prober, DeskHouse.Prober);
        request.Headers.Add(DeskHeaders.Server, ticket.Server.ToString());
        request.Headers.Add(DeskHeaders.Minute, $"{ticket.Minute.Value}");
        request.Headers.Add(DeskHeaders.Signature, ticket.Signature);
        if (key is not null)
        {
            request.Headers.Add(DeskHeaders.Url, key[0]);
            request.Headers.Add(DeskHeaders.Credential, key[1]);
            request.Headers.Add(DeskHeaders.Protocol, key[2]);
        }

        using var answer = await (client ?? house.East).SendAsync(request);
        return answer.StatusCode;
    }

    private static Observed Seen(ContractDocument contract) =>
        new()
        {
            Era = Vocabulary.Era.Initialize,
            ProtocolVersion = "2025-11-25",
            ToolCount = contract.ToolCount,
            ListBytes = 321,
            ContractHash = contract.ContractHash,
            FullHash = contract.FullHash,
        };

    private static ContractDocument Contract(params string[] names)
    {
        var tools = names.Select(name => $"{{\"name\":\"{name}\",\"inputSchema\":{{\"type\":\"object\"}}}}");
        using var json = JsonDocument.Parse($"[{string.Join(',', tools)}]");
        return ContractHasher.Hash([.. json.RootElement.EnumerateArray()]);
    }

    private static byte[] Gzip(ReadOnlySpan<byte> text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(text);
        }

        return packed.ToArray();
    }
}
