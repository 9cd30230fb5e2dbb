using System.Diagnostics;

namespace AliveMcp.Bench;

/// <summary>This program once more, as a process of its own, so that what it spends is not counted. Ends with its standard input.</summary>
internal sealed class BenchChild : IAsyncDisposable
{
    private readonly Process _process;

    private BenchChild(Process process) => _process = process;

    public static BenchChild Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(BenchChild).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        // What a prober sets for itself is none of others' business: they run as the platform has it (the number is hexadecimal).
        start.Environment.Remove("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS");
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "46";
        return new BenchChild(Process.Start(start)!);
    }

    /// <summary>The next line that it says.</summary>
    public async Task<string> HearAsync() =>
        await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The child fell silent.");

    /// <summary>All that it says until it ends.</summary>
    public Task<string> HearOutAsync() => _process.StandardOutput.ReadToEndAsync();

    /// <summary>Says one line and gives back the answer.</summary>
    public async Task<string> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return await HearAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
