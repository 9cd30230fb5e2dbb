using AliveMcp.Cli.Looking;
using AliveMcp.Cli.Probe;
using AliveMcp.Probing;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Cli.Tests.Probe;

public sealed class ProbeViewTests
{
    private const string Hash = "sha256:63da54d5df89c059b7667d42ec8bd286655b861baaf546cdbdb2f3e1ead17768";

    private static readonly PhaseTimes Phases = new()
    {
        Resolve = 312,
        Connect = 1_204,
        Tls = 22_800,
        Handshake = 103_500,
        Tools = 1_204_400,
        FirstByte = 80_000,
        Total = 1_332_200,
    };

    private static readonly Observed Bookshop = new()
    {
        Era = Era.Discover,
        Transport = McpTransport.Http,
        ProtocolVersion = "2026-07-28",
        ServerName = "bookshop",
        ServerVersion = "1.0.0",
        ToolCount = 3,
        ListBytes = 1_234,
        ContractHash = Hash,
        FullHash = Hash,
        Requests = 4,
        Bytes = 23_456,
    };

    [Fact]
    public void A_live_server_has_a_line_for_each_phase_and_a_verdict_with_its_depth()
    {
        var attempt = new ProbeAttempt
        {
            State = ServerState.Live,
            Access = Access.Open,
            VerifiedTo = VerifiedTo.Tools,
            Phases = Phases,
        };

        var shown = Show("https://mcp.example.com/mcp", new ProbeResult { Attempt = attempt, Observed = Bookshop });

        Assert.Equal(
            $"""

             https://mcp.example.com/mcp

             ✓ resolve     0.31 ms          2 addresses, 1 of them IPv6
             ✓ connect     1.20 ms          203.0.113.7 port 443
             ✓ tls         22.8 ms          TLS 1.3 · h2 · by R11 (Let's Encrypt) · 62 days left
             ✓ discover     104 ms    99 B  2026-07-28 · bookshop 1.0.0 · JSON
             ✓ tools/list   1.20 s  1.2 kB  3 tools · SSE

              ✓ LIVE   open, verified to the tool list

               time      1.33 s, first byte after 80.0 ms
               protocol  2026-07-28, discover era, Streamable HTTP
               contract  {Hash}
               full      {Hash}
               cost      4 requests, 23.5 kB received


            """,
            shown
        );
    }

    [Fact]
    public void A_failure_is_explained_with_its_step_its_words_and_what_came_instead()
    {
        var attempt = new ProbeAttempt
        {
            State = ServerState.Down,
            Why = Why.NotJsonRpc,
            FailedAt = ProbeStep.Initialize,
            Detail = "expected a JSON-RPC answer to initialize, got 200 text/html",
            Phases = Phases with { Tls = 0, Tools = 0 },
        };

        var shown = Show(
            "http://mcp.example.com/mcp",
            new ProbeResult { Attempt = attempt, Observed = new Observed() }
        );

        Assert.Contains(" ✕ initialize  3.00 ms  15 B  HTTP 200, text/html\n", shown, StringComparison.Ordinal);
        Assert.Contains(" – tools/list                 not reached\n", shown, StringComparison.Ordinal);
        Assert.Contains(
            """
              ✕ DOWN   not_json_rpc, layer rpc, nothing verified
               The answer is not JSON-RPC.

               expected    a JSON-RPC answer to initialize
               got         200 text/html
               evidence    HTTP/1.1 200 OK, text/html
                           <html>It works!
               what to do  Point the URL at the MCP endpoint itself, and answer POST with application/json or text/event-stream.
            """,
            shown,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_polite_gate_is_live_and_says_what_was_not_checked()
    {
        var attempt = new ProbeAttempt
        {
            State = ServerState.Live,
            Access = Access.Protected,
            VerifiedTo = VerifiedTo.Gate,
            Phases = Phases with { Tools = 0 },
        };

        var shown = Show(
            "https://mcp.example.com/mcp",
            new ProbeResult
            {
                Attempt = attempt,
                Observed = new Observed(),
                Auth = "Bearer",
            }
        );

        Assert.Contains(" ✓ LIVE   sign-in required, tools not checked\n", shown, StringComparison.Ordinal);
        Assert.Contains("add --expect protected", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_strangers_words_neither_act_nor_count_as_markup()
    {
        var attempt = new ProbeAttempt
        {
            State = ServerState.Down,
            Why = Why.HandshakeError,
            FailedAt = ProbeStep.Initialize,
            Detail = "\u001b[2J[red]boo[/] \u202e",
            Phases = Phases,
        };
        var seen = Bookshop with { Era = Era.Initialize, ServerName = "[bold]\u0007x", ProtocolVersion = "[/]\n" };

        var shown = Show(
            "http://mcp.example.com/mcp",
            new ProbeResult
            {
                Attempt = attempt,
                Observed = seen,
                Auth = "[/]\u009b",
                Warnings = ["[x]\u200b"],
                Findings = [new ProbeFinding("interop", "lone_surrogate", "\ud800[y]", "[z]\u007f")],
            }
        );

        Assert.Contains("\\u{1b}[2J[red]boo[/] \\u{202e}", shown, StringComparison.Ordinal);
        Assert.Contains("[bold]\\u{7}x", shown, StringComparison.Ordinal);
        Assert.Contains("lone_surrogate in \\u{d800}[y]: [z]\\u{7f}", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, character => char.IsControl(character) && character != '\n');
    }

    [Fact]
    public void Findings_stand_by_class_with_security_first()
    {
        var shown = Show(
            "http://mcp.example.com/mcp",
            new ProbeResult
            {
                Attempt = new ProbeAttempt { State = ServerState.Live },
                Observed = new Observed(),
                Warnings = ["the certificate ends soon"],
                Findings =
                [
                    new ProbeFinding("interop", "duplicate_key", "a", "one"),
                    new ProbeFinding("security", "hidden_unicode", "b", "two"),
                    new ProbeFinding("interop", "lone_surrogate", "c", "three"),
                ],
            }
        );

        Assert.EndsWith(
            """
               warning   the certificate ends soon
               security  hidden_unicode in b: two
               interop   duplicate_key in a: one
                         lone_surrogate in c: three


            """,
            shown,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_is_longer_than_the_terminal_is_wide(int width)
    {
        var attempt = new ProbeAttempt
        {
            State = ServerState.Down,
            Why = Why.NotJsonRpc,
            FailedAt = ProbeStep.Initialize,
            Detail = "expected application/json or text/event-stream, got 200 with text/html; charset=utf-8",
            Phases = Phases,
        };

        var shown = Show(
            "https://mcp.example.com/mcp",
            new ProbeResult { Attempt = attempt, Observed = Bookshop },
            width
        );

        Assert.All(shown.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.Contains("what to do", shown, StringComparison.Ordinal);
    }

    private static string Show(string url, ProbeResult result, int? width = null)
    {
        var output = new StringWriter();
        var look = new Look { Order = new ProbeOrder { Url = new Uri(url) } };
        var clock = new TestClock(Conversation.Now);
        var terminal = Terminal.Into(output, TextWriter.Null, clock);
        terminal.Console.Profile.Width = width ?? terminal.Console.Profile.Width;
        ProbeView.Show(terminal, new ProbeArguments { Look = look }, Conversation.Of(result));
        return output.ToString().ReplaceLineEndings("\n");
    }
}
