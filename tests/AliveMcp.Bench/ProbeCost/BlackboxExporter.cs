using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AliveMcp.Bench.ProbeCost;

/// <summary>
/// prometheus-blackbox-exporter doing one POST and a body pattern on the same target: what a plain HTTP monitor spends on one request.
/// Found on the path or at <c>BLACKBOX_EXPORTER</c>.
/// </summary>
internal sealed class BlackboxExporter : IAsyncDisposable
{
    private const string Name = "prometheus-blackbox-exporter";

    // The kernel counts a process's CPU in hundredths of a second.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly Process _process;
    private readonly HttpClient _client = new(new SocketsHttpHandler());
    private readonly Uri _probe;
    private readonly DirectoryInfo _folder;

    private BlackboxExporter(string program, Uri target)
    {
        _folder = Directory.CreateTempSubdirectory("alivemcp-bench-");
        var settings = Path.Combine(_folder.FullName, "blackbox.yml");
        File.WriteAllText(settings, Settings);
        var port = FreePort();
        _process = Process.Start(
            new ProcessStartInfo(
                program,
                [$"--config.file={settings}", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error"]
            )
        )!;
        _probe = new Uri($"http://127.0.0.1:{port}/probe?module=mcp&target={Uri.EscapeDataString(target.AbsoluteUri)}");
    }

    private static string Settings =>
        """
            modules:
              mcp:
                prober: http
                timeout: 5s
                http:
                  method: POST
                  preferred_ip_protocol: ip4
                  headers:
                    Content-Type: application/json
                    Accept: application/json, text/event-stream
                  body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'
                  fail_if_body_not_matches_regexp: ['"name":"search_records_12"']
            """;

    /// <summary>Null when the program is not there.</summary>
    public static async Task<BlackboxExporter?> StartAsync(Uri target)
    {
        var program =
            Environment.GetEnvironmentVariable("BLACKBOX_EXPORTER")
            ?? (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .Select(folder => Path.Combine(folder, Name))
                .FirstOrDefault(File.Exists);
        if (program is null)
        {
            return null;
        }

        var exporter = new BlackboxExporter(program, target);
        await exporter.WaitAsync();
        return exporter;
    }

    public async Task<Cost> MeasureAsync(int looks, int atOnce, TimeProvider clock)
    {
        var look = new Contender(Name, LookAsync);
        await Crowd.LookAsync(look, looks, atOnce);
        var cpu = Cpu();
        var began = clock.GetTimestamp();
        await Crowd.LookAsync(look, looks, atOnce);
        return new Cost((Cpu() - cpu) / looks, clock.GetElapsedTime(began) / looks, null);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task LookAsync()
    {
        var said = await _client.GetStringAsync(_probe);
        if (!said.Contains("probe_success 1", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The blackbox exporter did not see the target:\n{said}");
        }
    }

    private async Task WaitAsync()
    {
        for (var i = 0; ; i++)
        {
            try
            {
                await LookAsync();
                return;
            }
            catch (HttpRequestException) when (i < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    /// <summary>User and system time, fields 14 and 15 of the kernel's line; the program's name in brackets may hold blanks.</summary>
    private TimeSpan Cpu()
    {
        var line = File.ReadAllText($"/proc/{_process.Id}/stat");
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return Tick
            * (
                long.Parse(fields[11], CultureInfo.InvariantCulture)
                + long.Parse(fields[12], CultureInfo.InvariantCulture)
            );
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
