using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Cli.Tests.Sinks;

/// <summary>The commands against an install that says what a test wants it to say.</summary>
public sealed class SinksCommandTests : IAsyncLifetime
{
    private const string Sink =
        """{"id":3,"kind":"webhook","name":"ops","address":"https://hooks.example.com","state":"unverified","secret":"whsec_once","proof":{"dns_name":"_alivemcp.hooks.example.com"}}""";

    private readonly string _tokenFile = Path.GetTempFileName();
    private readonly string _secretFile = Path.GetTempFileName();
    private readonly List<string> _asked = [];
    private WebApplication _install = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_tokenFile, "amcp_live_test");
        await File.WriteAllTextAsync(_secretFile, "https://hooks.example.com/secret\n");
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
        File.Delete(_secretFile);
    }

    [Fact]
    public async Task A_sink_is_made_with_a_secret_from_a_file_and_what_is_told_once_is_shown()
    {
        var call = await CallAsync("add", "webhook", "--name", "ops", "--from", _secretFile);

        Assert.Equal(0, call.ExitCode);
        Assert.Equal(
            """POST /api/v1/sinks {"kind":"webhook","name":"ops","url":"https://hooks.example.com/secret"}""",
            _asked[0]
        );
        Assert.Contains("whsec_once", call.Out, StringComparison.Ordinal);
        Assert.Contains("_alivemcp.hooks.example.com", call.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chat_of_Telegram_is_made_by_its_number_and_the_token_from_a_file()
    {
        await File.WriteAllTextAsync(_secretFile, "110201543:secret\n");

        var call = await CallAsync(
            "add",
            "telegram",
            "--name",
            "chat",
            "--chat",
            "-1001234567890",
            "--from",
            _secretFile
        );

        Assert.Equal(0, call.ExitCode);
        Assert.Equal(
            """POST /api/v1/sinks {"kind":"telegram","name":"chat","bot_token":"110201543:secret","chat_id":"-1001234567890"}""",
            _asked[0]
        );
    }

    [Fact]
    public async Task Sinks_are_listed_verified_tested_and_removed()
    {
        var listed = await CallAsync("list");
        var verified = await CallAsync("verify", "3", "K7QD-3MXP");
        var tested = await CallAsync("test", "3");
        var removed = await CallAsync("remove", "3");

        Assert.Equal([0, 0, 0, 0], new[] { listed, verified, tested, removed }.Select(call => call.ExitCode));
        Assert.Contains("unverified", listed.Out, StringComparison.Ordinal);
        Assert.Contains("delivery 9", tested.Out, StringComparison.Ordinal);
        Assert.Equal(
            [
                "GET /api/v1/sinks ",
                """POST /api/v1/sinks/3/verify {"code":"K7QD-3MXP"}""",
                "POST /api/v1/sinks/3/test ",
                "DELETE /api/v1/sinks/3 *",
            ],
            _asked
        );
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        _asked.Add($"{http.Request.Method} {http.Request.Path} {body}{http.Request.Headers.IfMatch}");
        http.Response.ContentType = "application/json";
        var path = http.Request.Path.Value!;
        if (http.Request.Method == "DELETE")
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        http.Response.StatusCode = path == "/api/v1/sinks" && http.Request.Method == "POST" ? 201 : 200;
        await http.Response.WriteAsync(
            path.EndsWith("/test", StringComparison.Ordinal) ? """{"delivery":9}"""
            : http.Request.Method == "GET" ? $$"""{"sinks":[{{Sink}}]}"""
            : Sink
        );
    }

    private Task<Call> CallAsync(params string[] words) =>
        Call.AliveMcpAsync(["sinks", .. words, "--url", _install.Urls.First(), "--token-file", _tokenFile]);
}
