using AliveMcp.Probing.Evidence;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests.Evidence;

public sealed class TranscriptTests
{
    private const string Planted = "pl4nted/s3cret+of=ours";

    [Fact]
    public async Task Every_request_is_there_in_its_order_with_its_step()
    {
        var (transcript, _) = await TakeAsync(Specimens.HealthyWithSessions);

        ProbeStep[] steps =
        [
            ProbeStep.Discover,
            ProbeStep.Initialize,
            ProbeStep.Initialized,
            ProbeStep.ToolsList,
            ProbeStep.Goodbye,
        ];
        Assert.Equal(steps, transcript.Exchanges.Select(exchange => exchange.Step));
        Assert.Equal([1, 2, 3, 4, 5], transcript.Exchanges.Select(exchange => exchange.Number));
    }

    [Fact]
    public async Task An_exchange_shows_what_was_sent_and_what_came_back()
    {
        var (transcript, server) = await TakeAsync(Specimens.Healthy);

        var list = transcript.Exchanges.Single(exchange => exchange.Step == ProbeStep.ToolsList);
        Assert.Equal(("POST", server), (list.Method, list.Url));
        Assert.Contains(list.RequestHeaders, header => header is { Name: "Accept" });
        Assert.Contains("\"method\":\"tools/list\"", list.RequestBody, StringComparison.Ordinal);
        Assert.Equal("HTTP/1.1 200 OK", list.StatusLine);
        Assert.Contains(list.ResponseHeaders, header => header is { Name: "Content-Type" });
        Assert.Contains("\"tools\":", list.ResponseBody, StringComparison.Ordinal);
        Assert.Equal((list.ResponseBody.Length, 0), (list.ResponseBytes, list.CutBytes));
        Assert.True(list.BeganAt <= list.SentAt && list.SentAt <= list.HeadAt && list.HeadAt <= list.EndAt);
    }

    [Fact]
    public async Task Events_are_kept_as_they_came()
    {
        var (transcript, _) = await TakeAsync(Specimens.Healthy with { Framing = Framing.Sse });

        var list = transcript.Exchanges.Single(exchange => exchange.Step == ProbeStep.ToolsList);
        Assert.Contains("data: {\"jsonrpc\":\"2.0\"", list.ResponseBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_body_is_cut_and_says_by_how_much()
    {
        var page = new string('x', 200_000);

        var (transcript, _) = await TakeAsync(Specimens.Status(200, "text/html", page));

        var first = transcript.Exchanges[0];
        Assert.Equal(Transcript.MostBodyBytes, first.ResponseBody.Length);
        Assert.Equal(first.ResponseBytes - Transcript.MostBodyBytes, first.CutBytes);
        Assert.True(first.CutBytes > 0);
    }

    [Fact]
    public async Task What_never_answered_is_there_with_its_fault()
    {
        var transcript = new Transcript();

        await Probes.Local.ProbeAsync(Probes.Order(RawServer.Nobody()), transcript, CancellationToken.None);

        var exchange = Assert.Single(transcript.Exchanges);
        Assert.Equal((null, null), (exchange.Status, exchange.HeadAt));
        Assert.Contains("nothing listens", exchange.Fault, StringComparison.Ordinal);
        Assert.Contains("nothing listens", transcript.Connections[0].Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_are_shown_to_who_asked_for_them_alone()
    {
        var (hidden, _) = await TakeAsync(Specimens.Healthy);
        var (shown, _) = await TakeAsync(Specimens.Healthy, new Transcript { ShowsAddresses = true });

        Assert.Equal(("[ip]", "127.0.0.1"), (hidden.Connections[0].Address, shown.Connections[0].Address));
        Assert.Equal(["127.0.0.1"], shown.Connections[0].Addresses);
    }

    [Fact]
    public async Task Sessions_and_cookies_are_redacted_wherever_they_stand()
    {
        var (transcript, _) = await TakeAsync(
            Specimens.HealthyWithSessions.On(
                "tools/list",
                call =>
                {
                    call.Http.Response.Headers.SetCookie = "sid=abcdef";
                    return call.ErrorAsync(-32603, $"no tools for {call.Http.Request.Headers["Mcp-Session-Id"]}");
                }
            )
        );

        Assert.DoesNotContain("session-1", All(transcript), StringComparison.Ordinal);
        Assert.DoesNotContain("sid=abcdef", All(transcript), StringComparison.Ordinal);
        Assert.Contains("no tools for [redacted]", All(transcript), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Planted)]
    [InlineData("pl4nted\\/s3cret+of=ours")]
    [InlineData("pl4nted/s3cret\\u002Bof=ours")]
    [InlineData("pl4nted%2Fs3cret%2Bof%3Dours")]
    [InlineData("pl4nted%2fs3cret%2bof%3dours")]
    [InlineData("pl4nted&#47;s3cret&#43;of&#61;ours")]
    [InlineData("706C346E7465642F7333637265742B6F663D6F757273")]
    public void An_echoed_credential_is_redacted_in_every_spelling(string echo)
    {
        var secrets = new SecretBook(Bearer());

        Assert.Equal("you sent [redacted]!", secrets.Clean($"you sent {echo}!", 300));
    }

    [Fact]
    public void A_credential_is_redacted_in_headers_urls_and_bodies_of_our_own()
    {
        var secrets = new SecretBook(Bearer());

        Assert.Equal("Bearer [redacted]", secrets.Clean(("authorization", $"Bearer {Planted}")).Value);
        Assert.Equal("""{"k":"[redacted]"}""", secrets.CleanOurs($$"""{"k":"{{Planted}}"}"""));
        Assert.Equal(
            "http://x.example/a?b=1&api_key=[redacted]",
            secrets.Clean(new Uri("http://x.example/a?b=1&api_key=12345678"))
        );
    }

    [Fact]
    public void Tokens_that_were_issued_are_not_shown() =>
        Assert.Equal(
            """{"access_token": "[redacted]","expires_in":3600,"token_type":"Bearer"}""",
            new SecretBook(null).CleanLines(
                """{"access_token": "2YotnFZFEjr1zCsicMWpAA","expires_in":3600,"token_type":"Bearer"}""",
                1000
            )
        );

    [Fact]
    public void A_body_of_ours_stays_what_it_was_when_it_is_made_fit_to_print() =>
        Assert.Equal(
            "{\"a\":\"\\u202e\",\n \"b\":1}",
            new SecretBook(null).CleanOurs("{\"a\":\"\u202e\",\n\t\"b\":1}")
        );

    [Fact]
    public void Acting_characters_of_a_stranger_are_shown_not_obeyed() =>
        Assert.Equal("\\u{1b}[2J\na  b \\u{202e}", new SecretBook(null).CleanLines("\u001b[2J\r\na\tb \u202e", 1000));

    [Fact]
    public async Task A_transcript_is_good_for_one_probe()
    {
        var (transcript, _) = await TakeAsync(Specimens.Healthy);

        await Assert.ThrowsAsync<InvalidOperationException>(() => TakeAsync(Specimens.Healthy, transcript));
    }

    private static ProbeCredential Bearer() =>
        new()
        {
            Kind = CredentialKind.Bearer,
            Identity = "test",
            Secret = Planted,
        };

    private static string All(Transcript transcript) =>
        string.Join(
            '\n',
            transcript.Exchanges.SelectMany(exchange =>
                exchange
                    .RequestHeaders.Concat(exchange.ResponseHeaders)
                    .Select(header => $"{header.Name}: {header.Value}")
                    .Append(exchange.RequestBody)
                    .Append(exchange.ResponseBody)
                    .Append(exchange.Url)
            )
        );

    [Fact]
    public async Task Each_step_is_told_as_it_ends()
    {
        var heard = new List<LookStep>();

        await TakeAsync(Specimens.Healthy, new Transcript { Heard = heard.Add });

        Assert.Equal([ProbeStep.Resolve, ProbeStep.Connect], heard.Take(2).Select(step => step.Step));
        Assert.Equal(Enumerable.Range(1, heard.Count), heard.Select(step => step.Number));
        var list = heard.Single(step => step.Step == ProbeStep.ToolsList);
        Assert.True(list is { Status: 200, Bytes: > 0, Took: > 0, Fault: null });
    }

    [Fact]
    public async Task A_connection_that_does_not_come_about_is_the_last_step_told()
    {
        var heard = new List<LookStep>();
        var url = new Uri("http://127.0.0.1:1/mcp");

        await Probes.Local.ProbeAsync(Probes.Order(url), new Transcript { Heard = heard.Add }, CancellationToken.None);

        Assert.Equal([ProbeStep.Resolve, ProbeStep.Connect], heard.Select(step => step.Step));
        Assert.Equal("nothing listens on port 1", heard[^1].Fault);
    }

    private static async Task<(Transcript Transcript, string Url)> TakeAsync(
        Specimen specimen,
        Transcript? transcript = null
    )
    {
        await using var server = await FakeMcpServer.StartAsync(specimen);
        transcript ??= new Transcript();
        await Probes.Local.ProbeAsync(Probes.Order(server.Url), transcript, CancellationToken.None);
        return (transcript, server.Url.AbsoluteUri);
    }
}
