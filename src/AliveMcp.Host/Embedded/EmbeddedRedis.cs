using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AliveMcp.Host.Embedded.Children;

namespace AliveMcp.Host.Embedded;

/// <summary>A Redis-protocol server of our own (Garnet) on 127.0.0.1, kept running until disposed. Acknowledged writes survive a kill.</summary>
public sealed class EmbeddedRedis : IAsyncDisposable
{
    private readonly SupervisedChild _child;

    private EmbeddedRedis(SupervisedChild child, string connectionString)
    {
        _child = child;
        ConnectionString = connectionString;
    }

    /// <summary>In the form of StackExchange.Redis, with the password.</summary>
    public string ConnectionString { get; }

    /// <summary>Of the present run; another one after a restart.</summary>
    public int ProcessId => _child.Pid;

    /// <summary>Starts the server and waits until it answers.</summary>
    /// <exception cref="ChildFailedException">It could not be started; the message says why.</exception>
    public static async Task<EmbeddedRedis> StartAsync(
        EmbeddedRedisOptions options,
        CancellationToken cancellationToken
    )
    {
        var folder = Path.GetFullPath(options.Folder);
        Directory.CreateDirectory(folder);
        var settings = Path.Combine(folder, "garnet.json");
        await Leftover.EndAsync(PidFileOf(options, folder), settings, options.Time, cancellationToken);
        var password = PrivateFiles.Secret(Path.Combine(folder, "password"));
        var port = PrivateFiles.Port(Path.Combine(folder, "port"), options.Port);
        PrivateFiles.Write(settings, JsonSerializer.Serialize(Settings(folder, port, password, options.MemoryMiB)));
        var child = await SupervisedChild.StartAsync(
            Order(options, folder, settings),
            token => AnswersAsync(port, password, options.Time, token),
            options.Time,
            options.Log,
            cancellationToken
        );
        return new EmbeddedRedis(child, $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)},password={password}");
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private static string PidFileOf(EmbeddedRedisOptions options, string folder) =>
        options.PidFile ?? Path.Combine(folder, "pid");

    /// <summary>In a file of mode 0600, because a command line can be read by every user of the machine.</summary>
    private static Dictionary<string, object> Settings(string folder, int port, string password, int memoryMiB) =>
        new(StringComparer.Ordinal)
        {
            ["Address"] = "127.0.0.1",
            ["Port"] = port,
            ["AuthenticationMode"] = "Password",
            ["Password"] = password,
            // Without the transaction mode scripts of two connections interleave.
            ["EnableLua"] = true,
            ["LuaTransactionMode"] = true,
            ["EnableAOF"] = true,
            ["Recover"] = true,
            // Without the storage tier a memory limit drops the oldest keys without a word.
            ["EnableStorageTier"] = true,
            ["LogDir"] = folder,
            ["CheckpointDir"] = folder,
            // The native device needs a newer C library than Debian 12 has.
            ["DeviceType"] = "RandomAccess",
            ["LogMemorySize"] = Size(memoryMiB),
            ["PageSize"] = "4m",
            ["SegmentSize"] = "64m",
            ["IndexMemorySize"] = "8m",
            // Grows with the keys; it is charged to the memory above.
            ["IndexMaxMemorySize"] = "64m",
            // Minutes are forgotten by the thousand; without these nobody frees what expired, in memory or on the disk.
            ["ExpiredKeyDeletionScanFrequencySecs"] = 60,
            ["CompactionType"] = "Lookup",
            ["CompactionMaxSegments"] = 4,
            // The append-only file is cut by a checkpoint at this size; otherwise it grows for ever. A checkpoint writes all keys.
            ["AofSizeLimit"] = Size(Math.Clamp(memoryMiB / 4, 128, 1024)),
            ["AofSegmentSize"] = "64m",
            ["AofMemorySize"] = "32m",
            ["AofPageSize"] = "8m",
            ["QuietMode"] = true,
        };

    private static string Size(int mebibytes) => string.Create(CultureInfo.InvariantCulture, $"{mebibytes}m");

    private static ChildOrder Order(EmbeddedRedisOptions options, string folder, string settings) =>
        new()
        {
            Name = "redis",
            Command = OwnProgram.Command("garnet", "GarnetServer.dll", "--config-import-path", settings),
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["DOTNET_gcServer"] = "0",
                ["DOTNET_TieredPGO"] = "0",
            },
            PidFile = PidFileOf(options, folder),
            LogFile = options.LogFile,
        };

    /// <summary>In the form of a client: this server does not answer to the inline form.</summary>
    private static byte[] Authenticate(string password) =>
        Encoding.ASCII.GetBytes($"*2\r\n$4\r\nAUTH\r\n${password.Length}\r\n{password}\r\n");

    private static async Task AnswersAsync(
        int port,
        string password,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                await using var stream = client.GetStream();
                await stream.WriteAsync(Authenticate(password), cancellationToken);
                using var reader = new StreamReader(stream, Encoding.ASCII);
                if (await reader.ReadLineAsync(cancellationToken) == "+OK")
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                // Not yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }
    }
}
