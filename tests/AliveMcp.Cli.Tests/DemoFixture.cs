using System.Diagnostics;
using System.Text.Json;

namespace AliveMcp.Cli.Tests;

/// <summary>The demo servers in their own process, as the first start runs them.</summary>
public sealed class DemoFixture : IAsyncLifetime
{
    private Process? _demo;
    private Dictionary<string, string> _urls = [];

    public string Url(string name) => _urls[name];

    public async ValueTask InitializeAsync()
    {
        _demo = Children.Start("AliveMcp.Demo.dll", "--ports", "0", "--exit-with-stdin");
        var line = await _demo.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        _urls = JsonSerializer.Deserialize<Dictionary<string, string>>(line ?? "{}") ?? [];
    }

    public async ValueTask DisposeAsync()
    {
        if (_demo is null)
        {
            return;
        }

        _demo.StandardInput.Close();
        await _demo.WaitForExitAsync();
        _demo.Dispose();
    }
}
