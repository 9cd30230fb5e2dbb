using System.Diagnostics;
using System.Text.Json;
using AliveMcp.Testing.Wire;

namespace AliveMcp.Cli.Tests.Probe;

public sealed class TraceTests
{
    private const string Planted = "pl4nted-s3cret";

    [Fact]
    public async Task The_whole_conversation_stands_above_the_verdict()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.HealthyWithSessions);

        var call = await TraceAsync(server);

        Assert.Contains("── 1 discover, at ", call.Out, StringComparison.Ordinal);
        Assert.Contains("* connected to 127.0.0.1 port ", call.Out, StringComparison.Ordinal);
        Assert.Contains($"> POST {server.Url}\n", call.Out, StringComparison.Ordinal);
        Assert.Contains(
            "> {\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"",
            call.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("< HTTP/1.1 200 OK  (head after ", call.Out, StringComparison.Ordinal);
        Assert.Contains("goodbye, at ", call.Out, StringComparison.Ordinal);
        Assert.EndsWith(" received\n\n", call.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("session-1", call.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_repeated_by_its_curl_line_gets_the_same_answer()
    {
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.HealthyWithSessions with
            {
                Tools = ["""{"name":"it's a \"$HOME\" `trap`","inputSchema":{"type":"object"}}"""],
            }
        );
        var lines = Curls(await TraceAsync(server, "--json"));
        var before = server.Requests.Count;

        var opened = await ShellAsync(lines["initialize"], "");
        var session = opened
            .Split('\n')
            .Single(line => line.StartsWith("Mcp-Session-Id:", StringComparison.OrdinalIgnoreCase));
        var listed = await ShellAsync(lines["tools/list"], session.Split(": ")[1].Trim());
        var left = await ShellAsync(lines["goodbye"], session.Split(": ")[1].Trim());
        var unset = await ShellAsync(lines["tools/list"], "");

        Assert.Contains("\"protocolVersion\"", opened, StringComparison.Ordinal);
        Assert.Contains("it's a \\\"$HOME\\\" `trap`", listed, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 20", left, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/", unset, StringComparison.Ordinal);
        Assert.Equal(before + 3, server.Requests.Count);
    }

    [Fact]
    public async Task A_call_with_quotes_in_its_arguments_survives_the_shell()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);
        const string args = """{"q":"it's \"so\" $HOME `id` \\ !x é"}""";
        var trace = await TraceAsync(server, "--json", "--call", FirstTool(), "--args", args);
        var calls = Curls(trace);
        Assert.True(calls.ContainsKey("test call"), trace.Out);
        var seen = server.Requests.Last(request => request.Rpc == "tools/call").Body;

        await ShellAsync(calls["test call"], "");

        Assert.Equal(seen, server.Requests[^1].Body);
    }

    [Fact]
    public async Task No_secret_of_ours_is_printed_anywhere()
    {
        Environment.SetEnvironmentVariable("ALIVEMCP_TEST_TRACE_TOKEN", Planted);
        await using var server = await FakeMcpServer.StartAsync(
            Specimens.Healthy.On(
                "tools/list",
                call => call.ErrorAsync(-32603, $"you sent {call.Http.Request.Headers.Authorization}")
            )
        );

        var shown = await TraceAsync(server, "--bearer-env", "ALIVEMCP_TEST_TRACE_TOKEN");
        var json = await TraceAsync(server, "--bearer-env", "ALIVEMCP_TEST_TRACE_TOKEN", "--json");

        foreach (var call in new[] { shown, json })
        {
            Assert.DoesNotContain(Planted, call.Out + call.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_call_that_could_not_be_made_is_no_success()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);

        var call = await TraceAsync(server, "--call", "no_such_tool_here", "--expect", "$.a");

        Assert.NotEqual(0, call.ExitCode);
    }

    [Fact]
    public async Task The_transcript_is_in_the_JSON_when_it_was_asked_for()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);

        var json = JsonElement.Parse((await TraceAsync(server, "--json")).Out).GetProperty("transcript");

        Assert.Equal("127.0.0.1", json.GetProperty("connections")[0].GetProperty("address").GetString());
        var list = json.GetProperty("exchanges").EnumerateArray().Single(told => Step(told) == "tools/list");
        Assert.Contains("\"tools\":", list.GetProperty("response_body").GetString(), StringComparison.Ordinal);
        Assert.True(list.GetProperty("end_ms").GetDouble() >= list.GetProperty("began_ms").GetDouble());
    }

    private static Task<Call> TraceAsync(FakeMcpServer server, params string[] options) =>
        Call.AliveMcpAsync(["probe", server.Url.AbsoluteUri, "--allow-private", "--trace", .. options]);

    private static string FirstTool() => JsonElement.Parse(FakeTools.Twelve[0]).GetProperty("name").GetString()!;

    private static Dictionary<string, string> Curls(Call call)
    {
        var curls = new Dictionary<string, string>(StringComparer.Ordinal);
        var exchanges = JsonElement.Parse(call.Out).GetProperty("transcript").GetProperty("exchanges");
        foreach (var told in exchanges.EnumerateArray())
        {
            curls.TryAdd(Step(told), told.GetProperty("curl").GetString()!);
        }

        return curls;
    }

    private static string Step(JsonElement told) => told.GetProperty("step").GetString()!;

    private static async Task<string> ShellAsync(string line, string session)
    {
        var start = new ProcessStartInfo("sh")
        {
            ArgumentList = { "-c", line },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MCP_SESSION"] = session;
        using var shell = Process.Start(start)!;
        var error = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        await error;
        return output;
    }
}
