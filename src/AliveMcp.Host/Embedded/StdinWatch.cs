namespace AliveMcp.Host.Embedded;

/// <summary>Ends the program when its standard input ends: whoever started it is gone.</summary>
internal sealed class StdinWatch(IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var input = Console.OpenStandardInput();
        var ignored = new byte[256];
        // A read of a pipe cannot be cancelled; it is left behind when the program ends for another reason.
        var ended = Task.Run(() => ReadToEnd(input, ignored), CancellationToken.None);
        await Task.WhenAny(ended, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stoppingToken));
        lifetime.StopApplication();
    }

    private static void ReadToEnd(Stream input, byte[] ignored)
    {
        while (input.Read(ignored) > 0)
        {
            // Nobody says anything here that we need.
        }
    }
}
