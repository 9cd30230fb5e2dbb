using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Cli.Tests.Export;

/// <summary>The command against an install that says what a test wants it to say.</summary>
public sealed class ExportCommandTests : IAsyncLifetime
{
    private readonly string _tokenFile = Path.GetTempFileName();
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
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
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_breaks_off_is_the_installs_fault_and_gets_no_name()
    {
        var call = await CallAsync();

        Assert.Equal(69, call.ExitCode);
        Assert.Contains("broke off", call.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "alivemcp-settings.ndjson")));
    }

    private async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Path == "/api/v1/export/contents")
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync("""{"months":[]}""");
            return;
        }

        http.Response.ContentLength = 100_000;
        await http.Response.WriteAsync("{\"kind\":\"servers\"}\n");
        await http.Response.Body.FlushAsync();
        http.Abort();
    }

    private Task<Call> CallAsync() =>
        Call.AliveMcpAsync([
            "export",
            "data",
            "--out",
            _folder,
            "--url",
            _install.Urls.First(),
            "--token-file",
            _tokenFile,
        ]);
}
