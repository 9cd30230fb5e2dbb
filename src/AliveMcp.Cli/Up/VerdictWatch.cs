using Spectre.Console;

namespace AliveMcp.Cli.Up;

/// <summary>Shows the verdicts as they come, until it is told to stop.</summary>
internal sealed class VerdictWatch(VerdictFeed feed, Uri host, Terminal terminal)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal);

    /// <summary>Why the last look gave nothing; null when it gave something.</summary>
    public string? LastFault { get; private set; }

    /// <param name="enough">Looks at each round; true ends the watch.</param>
    /// <param name="cancellationToken">Ends it too.</param>
    public Task RunAsync(Func<IReadOnlyList<Verdict>, Task<bool>> enough, CancellationToken cancellationToken) =>
        terminal.IsRich
            ? terminal
                .Console.Live(VerdictTable.Draw(host, []))
                .StartAsync(live =>
                    LoopAsync(
                        verdicts => live.UpdateTarget(VerdictTable.Draw(host, verdicts)),
                        enough,
                        cancellationToken
                    )
                )
            : LoopAsync(TellChanges, enough, cancellationToken);

    private async Task LoopAsync(
        Action<IReadOnlyList<Verdict>> show,
        Func<IReadOnlyList<Verdict>, Task<bool>> enough,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            try
            {
                var verdicts = await feed.ReadAsync(cancellationToken);
                LastFault = null;
                show(verdicts);
                if (await enough(verdicts))
                {
                    return;
                }
            }
            catch (Exception fault) when (IsPassing(fault, cancellationToken))
            {
                // The Host is busy or restarting one of its servers: the next look will tell.
                LastFault = fault.Message;
            }

            await Task.Delay(Pause, terminal.Time, cancellationToken);
        }
    }

    private static bool IsPassing(Exception fault, CancellationToken cancellationToken) =>
        fault is HttpRequestException
        || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private void TellChanges(IReadOnlyList<Verdict> verdicts)
    {
        foreach (var verdict in verdicts.Where(IsNew))
        {
            _told[verdict.Slug] = verdict.State;
            terminal.Console.WriteLine(VerdictTable.Line(verdict));
        }
    }

    /// <summary>That nothing is known of a server yet is no verdict.</summary>
    private bool IsNew(Verdict verdict) =>
        (verdict.LastMinute is not null || verdict.State == "paused")
        && _told.GetValueOrDefault(verdict.Slug) != verdict.State;
}
