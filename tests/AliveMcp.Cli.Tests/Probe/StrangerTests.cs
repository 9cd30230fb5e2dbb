using AliveMcp.Testing.Wire;

namespace AliveMcp.Cli.Tests.Probe;

public sealed class StrangerTests
{
    [Fact]
    public async Task A_server_that_sends_us_away_is_unknown()
    {
        var call = await ProbeAsync(Specimens.Healthy.On("*", stranger => stranger.StatusAsync(429)));

        Assert.Equal(4, call.ExitCode);
        Assert.Contains("? UNKNOWN   rate_limited, layer blind", call.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_fails_is_down_with_its_status()
    {
        var call = await ProbeAsync(Specimens.Healthy.On("*", stranger => stranger.StatusAsync(503)));

        Assert.Equal(2, call.ExitCode);
        Assert.Contains("✕ DOWN   http_error, layer http", call.Out, StringComparison.Ordinal);
        Assert.Contains("503", call.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_clients_would_drop_is_named_without_obeying_its_name()
    {
        const string bad = """{"name":"bad\u202e\u001b[2J[red]","inputSchema":{"type":"string"}}""";

        var call = await ProbeAsync(Specimens.Healthy with { Tools = [FakeTools.Named("good"), bad] });

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("! DEGRADED   tools_malformed, layer tools", call.Out, StringComparison.Ordinal);
        Assert.Contains("bad\\u{202e}\\u{1b}[2J[red]", call.Out, StringComparison.Ordinal);
        AssertHarmless(call.Out);
    }

    [Fact]
    public async Task What_clients_read_differently_is_a_finding()
    {
        const string big = """{"name":"big","inputSchema":{"type":"object","maxProperties":9007199254740993}}""";

        var call = await ProbeAsync(Specimens.Healthy with { Tools = [big] });

        Assert.Equal(0, call.ExitCode);
        Assert.Contains("integer_beyond_2_53 in big", call.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_message_is_shown_and_not_obeyed()
    {
        var call = await ProbeAsync(
            Specimens.Healthy.On("initialize", stranger => stranger.ErrorAsync(-32603, "\\u001b]0;owned\\u0007[/]"))
        );

        Assert.Equal(2, call.ExitCode);
        Assert.Contains("handshake_error", call.Out, StringComparison.Ordinal);
        Assert.Contains("owned", call.Out, StringComparison.Ordinal);
        AssertHarmless(call.Out);
    }

    private static void AssertHarmless(string text) =>
        Assert.DoesNotContain(text, character => char.IsControl(character) && character is not ('\n' or '\r'));

    private static async Task<Call> ProbeAsync(Specimen specimen)
    {
        await using var server = await FakeMcpServer.StartAsync(specimen);
        return await Call.AliveMcpAsync("probe", server.Url.OriginalString, "--allow-private");
    }
}
