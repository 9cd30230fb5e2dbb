using System.Runtime.InteropServices;

namespace AliveMcp.Demo;

/// <summary>Comes on Ctrl-C, on SIGTERM, and, where asked for, when whoever started us closes our standard input.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _signals;

    public StopSignal(bool withStdin)
    {
        _stop.Token.Register(() => _stopped.TrySetResult());
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
        ];
        if (withStdin)
        {
            _ = StopAtEndOfInputAsync();
        }
    }

    public CancellationToken Token => _stop.Token;

    public Task Wait => _stopped.Task;

    public void Dispose()
    {
        Array.ForEach(_signals, signal => signal.Dispose());
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _stop.Cancel();
    }

    private async Task StopAtEndOfInputAsync()
    {
        // A pipe's end is how a child learns that its parent died, kill -9 included.
        await using var input = Console.OpenStandardInput();
        var ignored = new byte[256];
        while (await input.ReadAsync(ignored) > 0) { }
        await _stop.CancelAsync();
    }
}
