using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests;

public sealed class HttpTests
{
    [Fact]
    public async Task A_redirect_inside_the_origin_is_followed_with_a_warning_that_names_the_url()
    {
        var result = await Probes.ProbeAsync(Specimens.RedirectsWithin);

        Assert.Contains("/mcp/", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_429_is_not_answered_with_another_request()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.AsksLessOften);

        await Probes.ProbeAsync(Probes.Order(server.Url));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_status_that_decided_is_kept()
    {
        var result = await Probes.ProbeAsync(Specimens.Status(503));

        Assert.Equal(503, result.Attempt.HttpStatus);
    }

    public static TheoryData<string> ImpossibleHosts =>
        ["xn--\u00e9", string.Concat(Enumerable.Range(0, 50).Select(at => (char)(0x4e00 + 37 * at)))];

    [Theory]
    [MemberData(nameof(ImpossibleHosts))]
    public async Task A_host_that_cannot_exist_is_not_found(string host)
    {
        var result = await Probes.ProbeAsync(Probes.Order(new Uri($"https://{host}/mcp")));

        Assert.Equal((ServerState.Down, Why.DnsNotFound), (result.Attempt.State, result.Attempt.Why));
    }

    [Theory]
    [MemberData(nameof(ImpossibleHosts))]
    public async Task A_redirect_to_a_host_that_cannot_exist_is_not_followed(string host)
    {
        var location = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes($"https://{host}/mcp"));
        await using var server = RawServer.Saying(
            $"HTTP/1.1 308 Elsewhere\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
        );

        var result = await Probes.ProbeAsync(Probes.Order(server.Url));

        Assert.Equal((ServerState.Down, Why.Redirected), (result.Attempt.State, result.Attempt.Why));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_body_that_breaks_while_it_is_unpacked_is_malformed(string encoding)
    {
        var specimen = Specimens.Healthy.On(
            "tools/list",
            async call =>
            {
                using var packed = new MemoryStream();
                await using (
                    Stream packer =
                        encoding == "br"
                            ? new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true)
                            : new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)
                )
                {
                    packer.Write(RandomNumberGenerator.GetBytes(2_000));
                }

                // The head of a real one, the rest of another.
                byte[] broken = [.. packed.ToArray().Take(100), .. Enumerable.Repeat((byte)0xFF, 3_000)];
                call.Http.Response.Headers.ContentEncoding = encoding;
                call.Http.Response.ContentType = "application/json";
                await call.Http.Response.Body.WriteAsync(broken, call.Gone);
            }
        );

        var result = await Probes.ProbeAsync(specimen);

        Assert.NotEqual(Why.ProberUnfit, result.Attempt.Why);
        Assert.Equal(ServerState.Down, result.Attempt.State);
    }
}
