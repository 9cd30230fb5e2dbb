using Microsoft.Extensions.Hosting;

namespace AliveMcp.Prober.Supervisor;

/// <summary>Ends the prober when its standard input closes: the parent asked it to, or is gone without a word.</summary>
internal sealed class ParentWatch(ProberOptions options, LeaseLoop loop, IHostApplicationLifetime application)
    : IHostedService
{
    /// <summary>A parent that is gone has no desk either: what cannot be sent by then never can.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.ExitWithStdin)
        {
            // A read of standard input cannot be cancelled, so it gets a thread that dies with the process.
            new Thread(Watch) { IsBackground = true, Name = "parent watch" }.Start();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Watch()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[256];
        while (input.Read(ignored) > 0)
        {
            // Nothing is said here; only the end matters.
        }

        loop.AbortAfter(Patience);
        application.StopApplication();
    }
}
