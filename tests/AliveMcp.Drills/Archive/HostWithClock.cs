using System.Diagnostics;
using AliveMcp.Drills.Install;
using AliveMcp.Testing.Storage;

namespace AliveMcp.Drills.Archive;

/// <summary>A host of all roles in a process of its own, whose clock a drill may set wrong.</summary>
internal sealed class HostWithClock : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string _file = Path.GetTempFileName();
    private readonly Process _process;

    private HostWithClock(TestStorage storage, Uri url)
    {
        Url = url;
        Jump(TimeSpan.Zero);
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(HostWithClock).Assembly.Location, "host"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[WrongClock.Setting] = _file;
        start.Environment["Roles"] = "all";
        start.Environment["ASPNETCORE_URLS"] = url.AbsoluteUri;
        start.Environment["ConnectionStrings__Postgres"] = storage.Options.Bootstrap.ConnectionString;
        start.Environment["ConnectionStrings__Redis"] = storage.Options.Redis;
        start.Environment["Lanes__Shared__0"] = "127.0.0.0/8:*";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
    }

    public Uri Url { get; }

    public static async Task<HostWithClock> StartAsync(TestStorage storage, int port)
    {
        var host = new HostWithClock(storage, new Uri($"http://127.0.0.1:{port}"));
        await Waiting.ForAsync(host.IsReadyAsync, Patience, "the host to be ready");
        return host;
    }

    public void Jump(TimeSpan off) => WrongClock.Set(_file, off);

    public async Task<bool> IsReadyAsync()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"The host ended with {_process.ExitCode}.");
        }

        try
        {
            return (await Readiness.OfAsync(Url)).IsReady;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        File.Delete(_file);
    }
}
