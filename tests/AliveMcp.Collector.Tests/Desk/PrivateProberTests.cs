using System.Net;
using System.Net.Http.Headers;
using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Desk;

/// <summary>The holder of a private region's token, who may be anybody's administrator, tries to learn of other tenants' servers.</summary>
public sealed class PrivateProberTests(DeskHouse house) : IClassFixture<DeskHouse>, IAsyncLifetime
{
    private static int _names;
    private readonly Region _cellar = Region.Of($"cellar-{Interlocked.Increment(ref _names)}");
    private HttpClient _prober = null!;

    public async ValueTask InitializeAsync()
    {
        var added = await house.Get<RegionRegister>().AddAsync(_cellar, "Cellar", TenantId.Local, default);
        Assert.True(added.TryGet(out var token));
        _prober = house.Client(token);
    }

    public ValueTask DisposeAsync()
    {
        _prober.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task It_gets_its_own_tenants_tickets()
    {
        var own = await house.WatchAsync(TenantId.Local);
        await house.OpenAsync(own, _cellar);

        var ticket = await house.LeaseOneAsync(_prober);

        Assert.Equal(own, ticket.Server);
        Assert.Equal(new ReportAnswer(1, 0, 0), await DeskHouse.ReportAsync(_prober, DeskHouse.Report(ticket)));
    }

    [Fact]
    public async Task It_gets_no_other_tenants_ticket_even_when_one_is_in_its_queue()
    {
        var others = await house.WatchAsync(TenantId.Public);
        await house.OpenAsync(others, _cellar);

        Assert.Empty(await DeskHouse.LeaseAsync(_prober));
    }

    [Fact]
    public async Task It_cannot_speak_for_another_tenants_server_or_another_region()
    {
        var own = await house.WatchAsync(TenantId.Local);
        var others = await house.WatchAsync(TenantId.Public);
        await house.OpenAsync(own, _cellar);
        await house.OpenAsync(others, Sample.East);
        var good = DeskHouse.Report(await house.LeaseOneAsync(_prober));

        var answer = await DeskHouse.ReportAsync(
            _prober,
            good with
            {
                Server = others,
            },
            good with
            {
                Server = others,
                Region = Sample.East,
            },
            good with
            {
                Region = Sample.East,
            },
            good with
            {
                // The same number under another tenant's name.
                Server = new ServerKey(TenantId.Public, own.Server),
            }
        );

        Assert.Equal(new ReportAnswer(0, 0, 4), answer);
        await DeskHouse.LeaseAsync(house.East);
    }

    [Fact]
    public async Task It_cannot_bring_a_contract_for_another_tenants_server()
    {
        var own = await house.WatchAsync(TenantId.Local);
        var others = await house.WatchAsync(TenantId.Public);
        await house.OpenAsync(own, _cellar);
        var ticket = await house.LeaseOneAsync(_prober);
        using var request = new HttpRequestMessage(HttpMethod.Put, "contracts/sha256:" + new string('0', 64));
        request.Content = new ByteArrayContent([1]);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/gzip");
        request.Headers.Add(DeskHeaders.Prober, DeskHouse.Prober);
        request.Headers.Add(DeskHeaders.Server, others.ToString());
        request.Headers.Add(DeskHeaders.Minute, $"{ticket.Minute.Value}");
        request.Headers.Add(DeskHeaders.Signature, ticket.Signature);

        using var answer = await _prober.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
