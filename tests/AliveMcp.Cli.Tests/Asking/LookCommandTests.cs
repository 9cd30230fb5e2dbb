using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Cli.Tests.Asking;

/// <summary>The command against an install that says what a test wants it to say.</summary>
public sealed class LookCommandTests : IAsyncLifetime
{
    private const string Head = """
        "id":"us-east.00","slug":"weather","region":"us-east","asked_at":"2026-11-21T17:00:00+00:00"
        """;

    private const string One = """{"number":1,"step":"resolve","took_ms":0.42}""";
    private const string Two = """{"number":2,"step":"tools/list","took_ms":12.3,"http_status":200,"bytes":1234}""";
    private readonly string _tokenFile = Path.GetTempFileName();
    private readonly List<string> _asked = [];
    private readonly Queue<(int Status, string Json)> _answers = new();
    private WebApplication _install = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_tokenFile, "amcp_live_test");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _install = builder.Build();
        _install.Run(AnswerAsync);
        await _install.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _install.DisposeAsync();
        File.Delete(_tokenFile);
    }

    [Fact]
    public async Task Each_step_is_a_line_and_the_verdict_is_told_as_a_probe_tells_it()
    {
        Says(202, "waiting", "");
        Says(200, "looking", One);
        Says(200, "done", Two, """{"state":"live","access":"open","verified_to":"tools"}""");

        var call = await CallAsync("--region", "us-east");

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        Assert.Equal(
            """

             weather, from us-east

             ✓ resolve       0.42 ms
             ✓ tools/list    12.3 ms    1.2 kB  HTTP 200

             ✓ LIVE  open, verified to the tool list

            """,
            call.Out.ReplaceLineEndings("\n")
        );
        Assert.Equal(
            [
                "POST /api/v1/servers/weather/look?region=us-east",
                "GET /api/v1/looks/us-east.00?after=0&wait=20",
                "GET /api/v1/looks/us-east.00?after=1&wait=20",
            ],
            _asked
        );
    }

    [Fact]
    public async Task What_a_stranger_sent_does_nothing_to_the_terminal()
    {
        Says(
            202,
            "done",
            """{"number":1,"step":"connect","took_ms":1,"fault":"\u001b[2J"}""",
            """{"state":"down","failure_reason":"connection_refused","failure_layer":"connect","detail":"a\u202eb"}"""
        );

        var call = await CallAsync();

        Assert.Equal(2, call.ExitCode);
        Assert.Contains("✕ connect", call.Out, StringComparison.Ordinal);
        Assert.Contains("no answer: \\u{1b}[2J", call.Out, StringComparison.Ordinal);
        Assert.Contains("✕ DOWN  connection_refused, layer connect", call.Out, StringComparison.Ordinal);
        Assert.Contains("a\\u{202e}b", call.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_that_was_lost_is_unknown()
    {
        Says(202, "lost", "");

        var call = await CallAsync();

        Assert.Equal(4, call.ExitCode);
        Assert.Contains("? UNKNOWN", call.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_the_whole_look()
    {
        Says(202, "waiting", "");
        Says(200, "done", Two, """{"state":"degraded","failure_reason":"slow","tools":3}""");
        Says(200, "done", One + "," + Two, """{"state":"degraded","failure_reason":"slow","tools":3}""");

        var call = await CallAsync("--json");

        using var told = System.Text.Json.JsonDocument.Parse(call.Out);
        Assert.Equal(1, call.ExitCode);
        Assert.Equal(2, told.RootElement.GetProperty("steps").GetArrayLength());
        Assert.Equal(3, told.RootElement.GetProperty("verdict").GetProperty("tools").GetInt32());
    }

    [Fact]
    public async Task A_refusal_is_told_in_its_words()
    {
        _answers.Enqueue((429, """{"code":"look_too_soon","detail":"Ask again in 7 s.","errors":[]}"""));

        var call = await CallAsync();

        Assert.Equal((65, "Ask again in 7 s."), (call.ExitCode, call.Error.Trim()));
    }

    private void Says(int status, string state, string steps, string verdict = "null") =>
        _answers.Enqueue((status, $$"""{{{Head}},"state":"{{state}}","steps":[{{steps}}],"verdict":{{verdict}}}"""));

    private Task AnswerAsync(HttpContext http)
    {
        _asked.Add($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
        var (status, json) = _answers.Dequeue();
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(json);
    }

    private Task<Call> CallAsync(params string[] more) =>
        Call.AliveMcpAsync(["look", "weather", "--url", _install.Urls.First(), "--token-file", _tokenFile, .. more]);
}
