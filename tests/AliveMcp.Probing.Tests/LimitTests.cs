using System.Net;
using System.Net.Sockets;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests;

public sealed class LimitTests
{
    [Fact]
    public async Task A_body_ends_at_its_limit() =>
        Assert.Equal(Why.ListOverLimit, await WhyAsync(Specimens.Healthy, limits => limits with { BodyBytes = 2000 }));

    [Theory]
    [InlineData(3000, Why.ListOverLimit)]
    [InlineData(8000, Why.None)]
    public async Task All_pages_together_end_at_the_limit_of_one_body(int bytes, Why why) =>
        Assert.Equal(why, await WhyAsync(Specimens.ThreePages, limits => limits with { BodyBytes = bytes }));

    [Fact]
    public async Task A_body_within_its_limit_is_read_whole() =>
        Assert.Equal(Why.None, await WhyAsync(Specimens.Healthy, limits => limits with { BodyBytes = 8000 }));

    [Fact]
    public async Task Headers_end_at_their_limit() =>
        Assert.Equal(
            Why.ResponseTooLarge,
            await WhyAsync(WithHeader(1500), limits => limits with { HeaderBytes = 1024 })
        );

    [Fact]
    public async Task Headers_within_their_limit_are_read() =>
        Assert.Equal(Why.None, await WhyAsync(WithHeader(1500), limits => limits with { HeaderBytes = 4096 }));

    [Theory]
    [InlineData(2, Why.ResponseTooLarge)]
    [InlineData(3, Why.None)]
    public async Task A_stream_ends_after_so_many_events(int events, Why why) =>
        Assert.Equal(why, await WhyAsync(Specimens.SseOthersFirst, limits => limits with { SseEvents = events }));

    [Theory]
    [InlineData(4, Why.ResponseTooLarge)]
    [InlineData(5, Why.None)]
    public async Task Events_of_other_types_count_too(int events, Why why) =>
        Assert.Equal(why, await WhyAsync(Specimens.SseOtherTypes, limits => limits with { SseEvents = events }));

    [Theory]
    [InlineData(4, Why.MalformedJson)]
    [InlineData(16, Why.None)]
    public async Task Nesting_ends_at_its_limit(int depth, Why why) =>
        Assert.Equal(
            why,
            await WhyAsync(
                Specimens.InitializesWith(
                    "some nesting",
                    """{"protocolVersion":"2025-11-25","capabilities":{"x":{"y":{"z":{} } } },"serverInfo":{"name":"n","version":"v"} }"""
                ),
                limits => limits with { JsonDepth = depth }
            )
        );

    [Theory]
    [InlineData(3, Why.ResponseTooLarge)]
    [InlineData(100_000, Why.NotJsonRpc)]
    public async Task Compression_ends_at_its_ratio(int ratio, Why why) =>
        Assert.Equal(why, await WhyAsync(Zeros, limits => limits with { CompressionRatio = ratio }));

    [Fact]
    public async Task Connecting_has_a_budget_of_its_own()
    {
        // A full accept queue is as silent as a firewall.
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(full.LocalEndPoint!);
        var url = new UriBuilder("http", "127.0.0.1", ((IPEndPoint)full.LocalEndPoint!).Port, "/mcp").Uri;

        var result = await Probes.ProbeAsync(
            Probes.Order(url) with
            {
                Limits = Probes.Patient with { Connect = TimeSpan.FromSeconds(0.4) },
            }
        );

        Assert.Equal(Expected.Down(Why.ConnectTimeout, ProbeStep.Connect), Expected.Of(result));
        Assert.InRange(result.Attempt.Phases.Connect, 300_000, 3_000_000);
    }

    private static Specimen Zeros { get; } =
        Specimens
            .Compressed("gzip")
            .On(
                "*",
                async call =>
                {
                    call.Http.Response.Headers.ContentEncoding = "gzip";
                    call.Http.Response.ContentType = "text/plain";
                    await using var packed = new System.IO.Compression.GZipStream(
                        call.Http.Response.Body,
                        System.IO.Compression.CompressionLevel.Optimal
                    );
                    await packed.WriteAsync(new byte[200_000]);
                }
            );

    private static Specimen WithHeader(int length) =>
        Specimens
            .Healthy.Named("a long header")
            .On(
                "initialize",
                call =>
                {
                    call.Http.Response.Headers["X-Long"] = new string('x', length);
                    return call.BehaveAsync();
                }
            );

    private static async Task<Why> WhyAsync(Specimen specimen, Func<ProbeLimits, ProbeLimits> change)
    {
        var result = await Probes.ProbeAsync(
            specimen,
            order => order with { Era = Era.Initialize, Limits = change(order.Limits) }
        );
        return result.Attempt.Why;
    }
}
