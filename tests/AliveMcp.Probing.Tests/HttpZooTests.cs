using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests;

public sealed class HttpZooTests
{
    public static TheoryData<Specimen, Expected> Zoo
    {
        get
        {
            const ProbeStep at = ProbeStep.Initialize;
            return new()
            {
                { Specimens.Html200, Expected.Down(Why.NotJsonRpc, at) },
                { Specimens.Empty200, Expected.Down(Why.NotJsonRpc, at) },
                { Specimens.Accepts202, Expected.Down(Why.NotJsonRpc, at) },
                { Specimens.NoContent204, Expected.Down(Why.NotJsonRpc, at) },
                { Specimens.JsonAsText, Expected.Down(Why.NotJsonRpc, at) },
                { Specimens.NoContentType, Expected.Down(Why.NotJsonRpc, at) },
                { Specimens.Status(400), Expected.Down(Why.HttpError, at) },
                { Specimens.Status(404), Expected.Down(Why.HttpNotFound, at) },
                { Specimens.Status(405), Expected.Down(Why.HttpMethod, at) },
                { Specimens.Status(406), Expected.Down(Why.HttpError, at) },
                { Specimens.Status(410), Expected.Down(Why.HttpNotFound, at) },
                { Specimens.Status(415), Expected.Down(Why.HttpError, at) },
                { Specimens.Status(421, "text/plain", "Invalid Host header"), Expected.Down(Why.HttpError, at) },
                { Specimens.Status(500), Expected.Down(Why.HttpError, at) },
                { Specimens.Status(502), Expected.Down(Why.HttpError, at) },
                { Specimens.Status(503), Expected.Down(Why.HttpError, at) },
                { Specimens.Status(524), Expected.Down(Why.HttpError, at) },
                { Specimens.AsksLessOften, Expected.Unknown(Why.RateLimited, ProbeStep.Discover) },
                { Specimens.BotWall, Expected.Unknown(Why.BotChallenge, at) },
                { Specimens.BotWall200, Expected.Unknown(Why.BotChallenge, at) },
                { Specimens.Redirects(302, "/elsewhere"), Expected.Down(Why.Redirected, at) },
                { Specimens.Redirects(301, "/mcp/"), Expected.Down(Why.Redirected, at) },
                { Specimens.Redirects(307, "http://elsewhere.invalid/mcp"), Expected.Down(Why.Redirected, at) },
                { Specimens.Redirects(308, "http://169.254.169.254/latest"), Expected.Down(Why.Redirected, at) },
                { Specimens.Redirects(307, "http://127.0.0.1:9/mcp"), Expected.Down(Why.Redirected, at) },
                { Specimens.Redirects(307, "/mcp"), Expected.Down(Why.Redirected, at) },
                {
                    Specimens.Redirects(302, "https://id.example/login?next=1"),
                    Expected.Degraded(Why.LoginRedirect, at)
                },
                { Specimens.HugeBody, Expected.Down(Why.ResponseTooLarge, at) },
                { Specimens.EndlessBody, Expected.Down(Why.ResponseTooLarge, at) },
                { Specimens.GzipBomb, Expected.Down(Why.ResponseTooLarge, at) },
                { Specimens.BrotliBomb, Expected.Down(Why.ResponseTooLarge, at) },
                { Specimens.UnaskedEncoding, Expected.Down(Why.HttpMalformed, at) },
                { Specimens.BrokenGzip, Expected.Down(Why.HttpMalformed, at) },
                { Specimens.HeaderFlood, Expected.Down(Why.ResponseTooLarge, at) },
                { Specimens.Resets, Expected.Down(Why.ConnectionReset, at) },
                { Specimens.Truncates, Expected.Down(Why.StreamEnded, at) },
                { Specimens.Compressed("gzip"), Expected.Live },
                { Specimens.Compressed("br"), Expected.Live },
                { Specimens.RedirectsWithin, Expected.Live },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Zoo))]
    public async Task Every_specimen_gets_its_own_reason(Specimen specimen, Expected expected)
    {
        var result = await Probes.ProbeAsync(specimen);

        Assert.Equal(expected, Expected.Of(result));
    }

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
}
