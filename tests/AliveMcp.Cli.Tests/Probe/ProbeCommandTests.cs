using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace AliveMcp.Cli.Tests.Probe;

public sealed class ProbeCommandTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private static readonly string[] Keys =
    [
        "url",
        "state",
        "access",
        "verified_to",
        "failure_reason",
        "failure_layer",
        "detail",
        "era",
        "protocol_version",
        "server",
        "transport",
        "session",
        "tools",
        "contract_hash",
        "full_hash",
        "auth",
        "warnings",
        "findings",
        "phases_ms",
        "requests",
        "bytes",
    ];

    [Theory]
    [InlineData("healthy-initialize", 0, "live", "open", "tools", "initialize", "http", null)]
    [InlineData("healthy-discover", 0, "live", "open", "tools", "discover", "http", null)]
    [InlineData("legacy-sse", 0, "live", "open", "tools", "initialize", "sse", null)]
    [InlineData("drifting", 0, "live", "open", "tools", "initialize", "http", null)]
    [InlineData("slow", 1, "degraded", "open", "tools", "initialize", "http", "slow")]
    [InlineData("sign-in", 3, "live", "protected", "gate", null, "http", null)]
    [InlineData("broken", 2, "down", null, null, null, "http", "not_json_rpc")]
    public async Task Each_demo_server_gets_its_verdict(
        string name,
        int code,
        string state,
        string? access,
        string? depth,
        string? era,
        string? transport,
        string? reason
    )
    {
        var call = await ProbeAsync(demo.Url(name), "--json");

        var json = JsonElement.Parse(call.Out);
        Assert.Equal(
            (code, state, access, depth, era, reason),
            (
                call.ExitCode,
                Word(json, "state"),
                Word(json, "access"),
                Word(json, "verified_to"),
                Word(json, "era"),
                Word(json, "failure_reason")
            )
        );
        Assert.Contains(Word(json, "transport"), new[] { transport, null });
        Assert.Equal(demo.Url(name), Word(json, "url"));
    }

    [Fact]
    public async Task The_JSON_object_always_has_all_its_keys()
    {
        var live = JsonElement.Parse((await ProbeAsync(demo.Url("healthy-discover"), "--json")).Out);
        var down = JsonElement.Parse((await ProbeAsync(await ClosedPortAsync(), "--json")).Out);

        foreach (var json in new[] { live, down })
        {
            Assert.Equal(Keys, Names(json));
            Assert.Equal(["name", "version"], Names(json.GetProperty("server")));
            Assert.Equal(
                ["resolve", "connect", "tls", "handshake", "tools", "test_call", "total"],
                Names(json.GetProperty("phases_ms"))
            );
        }

        Assert.Equal(3, live.GetProperty("tools").GetInt32());
        Assert.Matches("^sha256:[0-9a-f]{64}$", Word(live, "contract_hash"));
        Assert.True(live.GetProperty("phases_ms").GetProperty("handshake").GetDouble() > 0);
        Assert.Equal(("connection_refused", "connect"), (Word(down, "failure_reason"), Word(down, "failure_layer")));
    }

    [Fact]
    public async Task A_gate_that_was_expected_is_fine_and_an_open_door_instead_of_it_is_not()
    {
        var gate = await ProbeAsync(demo.Url("sign-in"), "--expect", "protected");
        var door = await ProbeAsync(demo.Url("healthy-discover"), "--expect", "protected");

        Assert.Equal(0, gate.ExitCode);
        Assert.Contains("sign-in required, tools not checked", gate.Out, StringComparison.Ordinal);
        Assert.Equal(1, door.ExitCode);
        Assert.Contains("door_open", door.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_own_network_is_looked_at_only_when_that_is_allowed()
    {
        var call = await Call.AliveMcpAsync("probe", demo.Url("healthy-discover"));

        Assert.Equal(2, call.ExitCode);
        Assert.Contains("address_not_allowed", call.Out, StringComparison.Ordinal);
        Assert.Contains("add --allow-private", call.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_era_and_the_transport_that_were_named_save_the_questions()
    {
        var auto = await ProbeAsync(demo.Url("legacy-sse"), "--json");
        var named = await ProbeAsync(demo.Url("legacy-sse"), "--json", "--era", "initialize", "--transport", "sse");

        Assert.Equal((0, 0), (auto.ExitCode, named.ExitCode));
        Assert.True(Requests(named) < Requests(auto));
    }

    [Fact]
    public async Task A_server_that_takes_longer_than_the_timeout_is_down()
    {
        var call = await ProbeAsync(demo.Url("slow"), "--timeout", "1", "--json");

        var json = JsonElement.Parse(call.Out);
        Assert.Equal(2, call.ExitCode);
        Assert.Equal(("timeout", "handshake"), (Word(json, "failure_reason"), Word(json, "failure_layer")));
    }

    [Fact]
    public async Task The_process_writes_plain_text_into_a_pipe_and_exits_with_the_verdict()
    {
        using var child = Children.Start("AliveMcp.Cli.dll", "probe", demo.Url("broken"), "--allow-private");
        child.StandardInput.Close();

        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, child.ExitCode);
        Assert.Contains("✕ DOWN   not_json_rpc, layer rpc", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    private static Task<Call> ProbeAsync(string url, params string[] options) =>
        Call.AliveMcpAsync(["probe", url, "--allow-private", .. options]);

    private static int Requests(Call call) => JsonElement.Parse(call.Out).GetProperty("requests").GetInt32();

    private static string? Word(JsonElement json, string key) => json.GetProperty(key).GetString();

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(member => member.Name);

    private static async Task<string> ClosedPortAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://{listener.LocalEndpoint}/mcp";
        await Task.Yield();
        listener.Stop();
        return url;
    }
}
