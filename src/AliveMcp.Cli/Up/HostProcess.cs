using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace AliveMcp.Cli.Up;

/// <summary>The Host as a child of ours. It ends by itself when its standard input does, so that no way of killing us leaves it behind.</summary>
internal sealed class HostProcess : IDisposable
{
    private const long LargestLog = 10 * 1024 * 1024;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly string _home;
    private readonly string _faults;
    private readonly long _faultsBefore;

    private HostProcess(Process process, string home, string faults, long faultsBefore)
    {
        _process = process;
        _home = home;
        _faults = faults;
        _faultsBefore = faultsBefore;
    }

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public Task Exited => _process.WaitForExitAsync();

    /// <summary>What it said on standard error since it was started.</summary>
    public string Faults
    {
        get
        {
            using var file = File.OpenRead(_faults);
            file.Seek(Math.Min(_faultsBefore, file.Length), SeekOrigin.Begin);
            return new StreamReader(file).ReadToEnd().TrimEnd();
        }
    }

    /// <summary>Its log goes to <c>logs/host.log</c>, its last words to <c>logs/host.err</c>.</summary>
    public static HostProcess Start(UpOptions options)
    {
        var logs = Directory.CreateDirectory(Path.Combine(options.Home, "logs")).FullName;
        var log = Path.Combine(logs, "host.log");
        var faults = Path.Combine(logs, "host.err");
        if (File.Exists(log) && new FileInfo(log).Length > LargestLog)
        {
            File.Delete(log);
        }

        var before = File.Exists(faults) ? new FileInfo(faults).Length : 0;
        var start = new ProcessStartInfo("/bin/sh", Words(options, log, faults)) { UseShellExecute = false };
        start.RedirectStandardInput = !options.Detach;
        // One machine, few requests: start quickly and stay small.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return new HostProcess(Process.Start(start)!, options.Home, faults, before);
    }

    /// <summary>Runs the Host that lies beside.</summary>
    public static string[] Command => [Dotnet(), Path.Combine(AppContext.BaseDirectory, "host", "AliveMcp.Host.dll")];

    /// <summary>Waits until everything runs.</summary>
    /// <returns>Where it listens; null when it ended instead.</returns>
    public async Task<Uri?> ReadyAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var ready = Path.Combine(_home, "run", "ready");
        var ours = string.Create(CultureInfo.InvariantCulture, $"{Id} ");
        while (!_process.HasExited)
        {
            if (
                File.Exists(ready)
                && await File.ReadAllTextAsync(ready, cancellationToken) is var line
                && line.StartsWith(ours, StringComparison.Ordinal)
            )
            {
                return new Uri(line[ours.Length..].Trim());
            }

            await Task.Delay(Look, time, cancellationToken);
        }

        return null;
    }

    /// <summary>Asks it to stop everything in order, and waits; after <paramref name="patience"/> it is killed, and its children with it.</summary>
    public async Task StopAsync(TimeSpan patience, TimeProvider time)
    {
        if (_process.HasExited)
        {
            return;
        }

        if (_process.StartInfo.RedirectStandardInput)
        {
            CloseInput();
        }
        else
        {
            await AskToStop.SendAsync(Id, CancellationToken.None);
        }

        try
        {
            await Exited.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await Exited;
        }
    }

    public void Dispose() => _process.Dispose();

    private void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }
    }

    private static IEnumerable<string> Words(UpOptions options, string log, string faults)
    {
        // The shell becomes the Host (exec), so that the process id is the Host's; it only opens the files.
        var script = "umask 077; log=$1; err=$2; shift 2; exec \"$@\" >>\"$log\" 2>>\"$err\"";
        const string session = "/usr/bin/setsid";
        IEnumerable<string> apart = options.Detach && File.Exists(session) ? [session] : [];
        return
        [
            "-c",
            options.Detach ? script + " </dev/null" : script,
            "sh",
            log,
            faults,
            .. apart,
            .. Command,
            .. options.ToHostArguments(),
        ];
    }

    /// <summary>The one whose runtime we run on, found or not found on PATH.</summary>
    private static string Dotnet()
    {
        var ours = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return File.Exists(ours) ? ours : "dotnet";
    }
}
