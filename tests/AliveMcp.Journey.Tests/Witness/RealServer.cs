using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace AliveMcp.Journey.Tests.Witness;

/// <summary>One of the servers of <c>tests/real-servers</c>, running on a free port of 127.0.0.1 until it is disposed of.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly string _listenFile;
    private readonly StringBuilder _said = new();

    private RealServer(RealServerRecipe recipe)
    {
        _listenFile = Path.Combine(Path.GetTempPath(), $"alivemcp-listen-{Guid.NewGuid():n}");
        var start = new ProcessStartInfo(RealServersFolder.Node)
        {
            WorkingDirectory = RealServersFolder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("--require");
        start.ArgumentList.Add("./loopback.cjs");
        foreach (var argument in recipe.Arguments)
        {
            // A server that starts another one starts it with the same Node.
            start.ArgumentList.Add(argument.Replace("{node}", RealServersFolder.Node, StringComparison.Ordinal));
        }

        foreach (var (name, value) in recipe.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["LISTEN_FOR"] = recipe.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["LISTEN_FILE"] = _listenFile;
        start.Environment["OTEL_SDK_DISABLED"] = "true";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Url = new Uri("http://127.0.0.1/");
    }

    /// <summary>Where it speaks MCP.</summary>
    public Uri Url { get; private set; }

    public static async Task<RealServer> StartAsync(RealServerRecipe recipe, CancellationToken cancellationToken)
    {
        var server = new RealServer(recipe);
        try
        {
            var port = await server.PortAsync(TimeProvider.System, cancellationToken);
            server.Url = new Uri($"http://127.0.0.1:{port}{recipe.Path}");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        File.Delete(_listenFile);
    }

    private async Task<int> PortAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (!File.Exists(_listenFile))
        {
            if (_process.HasExited || clock.GetElapsedTime(began) > Patience)
            {
                throw new InvalidOperationException($"A real server does not listen. It said:\n{Said()}");
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }

        return int.Parse(await File.ReadAllTextAsync(_listenFile, cancellationToken), CultureInfo.InvariantCulture);
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }
    }

    private string Said()
    {
        lock (_said)
        {
            return _said.ToString();
        }
    }
}
