using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace AliveMcp.Drills.Town;

/// <summary>The town as a child process, spoken to by lines.</summary>
internal sealed class Townsfolk : IAsyncDisposable
{
    private readonly Process _process;

    private Townsfolk(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public int ProcessId => _process.Id;

    public static async Task<Townsfolk> SettleAsync(string region, params IReadOnlyList<Plot> plots)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["exec", typeof(Townsfolk).Assembly.Location, "town", region, .. plots.Select(plot => plot.ToString())]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        var process = Process.Start(start)!;
        var port = await process.StandardOutput.ReadLineAsync();
        return new Townsfolk(process, int.Parse(port!, CultureInfo.InvariantCulture));
    }

    public Task ClearAsync() => AskAsync("clear");

    public Task ShutAsync(IPAddress visitor) => AskAsync($"shut {visitor}");

    public Task OpenAsync(IPAddress visitor) => AskAsync($"open {visitor}");

    /// <summary>How late the probes of healthy servers came since the book was cleared.</summary>
    public async Task<Lateness> TellAsync()
    {
        var numbers = (await AskAsync("tell"))
            .Split(' ')
            .Select(number => int.Parse(number, CultureInfo.InvariantCulture))
            .ToArray();
        return new Lateness(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<string> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return (await _process.StandardOutput.ReadLineAsync())!;
    }
}

/// <param name="Probes">Counted.</param>
/// <param name="Half">Milliseconds that half of them are within.</param>
/// <param name="Nearly">Milliseconds that 99 of 100 are within.</param>
/// <param name="Most">Milliseconds of the latest.</param>
/// <param name="Doubled">Came to a server that had been looked at in this turn already.</param>
internal readonly record struct Lateness(int Probes, int Half, int Nearly, int Most, int Doubled);
