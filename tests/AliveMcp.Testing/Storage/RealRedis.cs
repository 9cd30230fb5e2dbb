using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AliveMcp.Storage.Redis;
using Xunit;

namespace AliveMcp.Testing.Storage;

/// <summary>A real Redis (<c>redis-server</c> of PATH) on loopback, empty, of one test class or process. Missing is a failure, never a skip.</summary>
public sealed class RealRedis : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _password = Guid.NewGuid().ToString("N");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-redis-");
    private Process? _process;
    private RedisDoor? _door;

    /// <summary>Whether it keeps an append-only file, written to disk every second.</summary>
    public bool WritesItsLog { get; init; }

    /// <summary>In the form of StackExchange.Redis.</summary>
    public string ConnectionString { get; private set; } = "";

    public RedisDoor Door => _door!;

    public int ProcessId => _process!.Id;

    /// <summary>Another connection to the same server.</summary>
    public static Task<RedisDoor> OpenAsync(string connectionString) =>
        RedisDoor.OpenAsync(SharedPostgres.Options("Host=127.0.0.1;Username=nobody;Password=none", connectionString));

    public async ValueTask InitializeAsync()
    {
        var port = FreePort();
        var start = new ProcessStartInfo("redis-server")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add("-");
        _process =
            Process.Start(start)
            ?? throw new InvalidOperationException("redis-server is not on PATH: deploy/install.sh redis");
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        await _process.StandardInput.WriteAsync(
            $"bind 127.0.0.1\nport {port}\nrequirepass {_password}\nsave \"\"\nappendonly {(WritesItsLog ? "yes" : "no")}\ndir {_folder.FullName}\n"
        );
        _process.StandardInput.Close();
        ConnectionString = $"127.0.0.1:{port},password={_password}";
        using var timeout = new CancellationTokenSource(Patience);
        while (!await AnswersAsync(port))
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        _door = await OpenAsync(ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        _door?.Dispose();
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        TestFolders.Delete(_folder);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return int.Parse(
            listener.LocalEndpoint.ToString()!.Split(':')[^1],
            NumberStyles.None,
            CultureInfo.InvariantCulture
        );
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
