using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests;

public sealed class LegacySseTests
{
    [Fact]
    public async Task A_remembered_transport_is_asked_at_once()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.HealthyLegacySse);

        var result = await Probes.ProbeAsync(Probes.Order(server.Url) with { Transport = McpTransport.Sse });

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal(["GET", "POST", "POST", "POST"], server.Requests.Select(request => request.Method));
        Assert.Equal(("2024-11-05", 12), (result.Observed.ProtocolVersion, result.Observed.ToolCount));
    }

    [Theory]
    [InlineData("http://127.0.0.2:9/messages")]
    [InlineData("//elsewhere.invalid/messages")]
    [InlineData("https://127.0.0.1/messages")]
    [InlineData("http://xn--é/messages")]
    public async Task An_endpoint_of_another_origin_is_not_followed(string endpoint)
    {
        var result = await Probes.ProbeAsync(
            Specimens.LegacyEndpoint(endpoint),
            order => order with { Transport = McpTransport.Sse }
        );

        Assert.Equal(Expected.Down(Why.Redirected, ProbeStep.Initialize), Expected.Of(result));
    }

    [Fact]
    public async Task An_endpoint_that_takes_nothing_is_not_found()
    {
        var result = await Probes.ProbeAsync(
            Specimens.LegacyEndpoint("/nowhere"),
            order => order with { Transport = McpTransport.Sse }
        );

        Assert.Equal(Expected.Down(Why.HttpNotFound, ProbeStep.Initialize), Expected.Of(result));
    }

    [Fact]
    public async Task A_stream_whose_first_event_is_no_endpoint_is_no_mcp()
    {
        var result = await Probes.ProbeAsync(
            Specimens.LegacyNamelessEndpoint,
            order => order with { Transport = McpTransport.Sse }
        );

        Assert.Equal(Expected.Down(Why.NotJsonRpc, ProbeStep.Initialize), Expected.Of(result));
    }

    [Fact]
    public async Task A_stream_that_ends_without_an_endpoint_has_ended()
    {
        var result = await Probes.ProbeAsync(
            Specimens.LegacyNoEndpoint,
            order => order with { Transport = McpTransport.Sse }
        );

        Assert.Equal(Expected.Down(Why.StreamEnded, ProbeStep.Initialize), Expected.Of(result));
    }

    [Fact]
    public async Task A_404_that_hides_no_legacy_stream_stays_a_404()
    {
        var result = await Probes.ProbeAsync(Specimens.LegacyNoEndpoint);

        Assert.Equal(Expected.Down(Why.HttpNotFound, ProbeStep.Initialize), Expected.Of(result));
    }

    [Theory]
    [InlineData(405, -32000, "null", McpTransport.Sse)]
    [InlineData(404, -32000, "null", McpTransport.Sse)]
    [InlineData(404, -32601, "ID", McpTransport.Sse)]
    [InlineData(404, -32020, "null", McpTransport.Auto)]
    public async Task A_404_or_405_leads_to_legacy_sse_unless_its_error_is_a_modern_one(
        int status,
        int code,
        string id,
        McpTransport transport
    )
    {
        var result = await Probes.ProbeAsync(Specimens.LegacyRefusing(status, code, id));

        Assert.Equal(transport, result.Observed.Transport);
        Assert.Equal(transport == McpTransport.Sse, result.Attempt.State == ServerState.Live);
    }

    [Fact]
    public async Task A_server_that_gave_up_its_old_transport_is_found_by_the_new_one()
    {
        var result = await Probes.ProbeAsync(Specimens.Healthy, order => order with { Transport = McpTransport.Sse });

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal(McpTransport.Http, result.Observed.Transport);
    }

    [Fact]
    public async Task A_url_whose_owner_chose_streamable_http_is_never_asked_by_GET()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.HealthyLegacySse);

        var result = await Probes.ProbeAsync(Probes.Order(server.Url) with { Transport = McpTransport.Http });

        Assert.Equal(Why.HttpNotFound, result.Attempt.Why);
        Assert.DoesNotContain(server.Requests, request => request.Method == "GET");
    }
}
