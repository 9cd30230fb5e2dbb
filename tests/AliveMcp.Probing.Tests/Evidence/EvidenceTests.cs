using System.Security.Cryptography;
using AliveMcp.Probing.Evidence;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests.Evidence;

public sealed class EvidenceTests
{
    [Fact]
    public async Task A_failure_keeps_what_was_seen()
    {
        var result = await Probes.ProbeAsync(Specimens.Status(502, "text/html", "<html>Bad Gateway</html>"));

        var evidence = result.Evidence!;
        Assert.StartsWith("HTTP/1.1 502", evidence.StatusLine, StringComparison.Ordinal);
        Assert.Contains("Content-Type", evidence.HeaderNames);
        Assert.Equal("<html>Bad Gateway</html>", evidence.Body);
    }

    [Fact]
    public async Task A_JSON_RPC_error_is_kept()
    {
        var result = await Probes.ProbeAsync(Specimens.ListFails);

        Assert.Equal((-32603, "database is gone"), (result.Evidence!.RpcCode, result.Evidence.RpcMessage));
        Assert.Contains("database is gone", result.Attempt.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_try_keeps_nothing()
    {
        var result = await Probes.ProbeAsync(Specimens.Healthy);

        Assert.Null(result.Evidence);
    }

    [Fact]
    public async Task Addresses_and_credentials_of_a_page_are_not_kept()
    {
        const string page =
            "upstream 10.20.30.40:8080 at fd12::7 said Authorization: Bearer abcdef123456 and api_key=SECRET99, sk-live0123456789";

        var result = await Probes.ProbeAsync(Specimens.Status(500, "text/plain", page));

        Assert.DoesNotMatch("10\\.20|fd12|abcdef123456|SECRET99|sk-live", result.Evidence!.Body);
        Assert.Contains("upstream [ip]:8080", result.Evidence.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Characters_that_act_are_shown_not_obeyed()
    {
        var result = await Probes.ProbeAsync(
            Specimens.Healthy.On("tools/list", call => call.ErrorAsync(-32603, "\u001b[2Jgone\u202e"))
        );

        Assert.Equal("JSON-RPC error -32603: \\u{1b}[2Jgone\\u{202e}", result.Attempt.Detail);
    }

    [Theory]
    [InlineData("at 12:30:45 the job ended", "at 12:30:45 the job ended")]
    [InlineData("1.2.3.4 and 1.2.3", "[ip] and 1.2.3")]
    [InlineData("[2001:db8::1]:443", "[[ip]]:443")]
    [InlineData("::1 is home", "[ip] is home")]
    [InlineData("std::vector is C++", "std::vector is C++")]
    [InlineData("eyJhbGciOiJI.eyJzdWIi.c2ln", "[token]")]
    [InlineData("the token is missing", "the token is missing")]
    [InlineData("the token expired", "the token expired")]
    [InlineData("the token bearer abcdef123456", "the token bearer [redacted]")]
    [InlineData("Bearer abcdefgh", "Bearer [redacted]")]
    [InlineData("password hunter", "password [redacted]")]
    [InlineData("token=abcdefgh", "token [redacted]")]
    [InlineData("http://x.example/a/b?token=abcdefgh", "http://x.example/a/b?token [redacted]")]
    [InlineData(
        "Bearer resource_metadata=\"http://10.0.0.7:8801/.well-known/oauth-protected-resource/mcp\"",
        "Bearer resource_metadata=\"http://[ip]:8801/.well-known/oauth-protected-resource/mcp\""
    )]
    [InlineData(
        "Bearer error=\"invalid_token\", error_description=\"The access token expired\"",
        "Bearer error=\"invalid_token\", error_description=\"The access token expired\""
    )]
    [InlineData("Basic realm=\"staff\", Bearer abcdef123456", "Basic realm=\"staff\", Bearer [redacted]")]
    public void Redaction_takes_what_it_must_and_no_more(string text, string expected) =>
        Assert.Equal(expected, Redaction.Of(text));

    [Fact]
    public void Packed_evidence_comes_back_as_it_was()
    {
        var evidence = new ProbeEvidence
        {
            StatusLine = "HTTP/1.1 500 Oops",
            HeaderNames = ["Content-Type"],
            Body = "body",
            RpcCode = -1,
        };

        var back = ProbeEvidence.Unpack(evidence.Pack());

        Assert.Equal(("HTTP/1.1 500 Oops", "body", -1), (back.StatusLine, back.Body, back.RpcCode));
        Assert.Equal(["Content-Type"], back.HeaderNames);
    }

    [Fact]
    public void Evidence_that_does_not_compress_is_shortened_until_it_fits()
    {
        var random = new Random(7);
        var body = Convert.ToBase64String([.. Enumerable.Range(0, 9000).Select(_ => (byte)random.Next(256))]);
        var names = Enumerable
            .Range(0, 64)
            .Select(_ => Convert.ToHexString(RandomNumberGenerator.GetBytes(32)))
            .ToList();

        var packed = new ProbeEvidence
        {
            Body = body,
            HeaderNames = names,
            StatusLine = "HTTP/1.1 500",
        }.Pack();

        Assert.True(packed.Length <= 6 * 1024);
        Assert.Equal("HTTP/1.1 500", ProbeEvidence.Unpack(packed).StatusLine);
    }

    [Fact]
    public void What_is_no_packed_evidence_is_refused() =>
        Assert.Throws<FormatException>(() => ProbeEvidence.Unpack(Convert.ToBase64String(new byte[20])));

    [Fact]
    public void A_secret_is_not_looked_for_where_nothing_is_kept()
    {
        var text = string.Concat(Enumerable.Repeat("1.2.3.4 ", 4_000_000));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var clean = EvidenceRecorder.Clean(text);

        // Who reads it all writes it all anew.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, text.Length);
        Assert.StartsWith("[ip] [ip]", clean, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_detail_of_a_hostile_server_stays_short()
    {
        var result = await Probes.ProbeAsync(
            Specimens.Healthy.On("tools/list", call => call.ErrorAsync(-32603, new string('x', 100_000)))
        );

        Assert.Equal(Why.ToolsError, result.Attempt.Why);
        Assert.True(result.Attempt.Detail!.Length <= 300);
    }
}
