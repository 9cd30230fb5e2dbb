using System.Data.Common;
using AliveMcp.Archive.Status;
using AliveMcp.Servers.Catalogue;
using AliveMcp.StatusPages.Kept;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Overview;

/// <summary>
/// Reads every public server with its status, in one reading. When the archive does not answer: those that it told of last, with the verdicts
/// that are at hand.
/// </summary>
internal sealed class AllServers(
    Listings listings,
    StatusQueries statuses,
    StatusAtHand atHand,
    KeptPages kept,
    TimeProvider clock
)
{
    private static readonly TimeSpan KeepAgainAfter = TimeSpan.FromMinutes(1);

    private KeptOverview? _told;
    private DateTimeOffset _keptAt;

    public async Task<AllRows> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var rows = await AskAsync(cancellationToken);
            _told = new KeptOverview(rows, clock.GetUtcNow());
            Keep(_told);
            return new AllRows(rows, null);
        }
        catch (Exception fault) when (fault is DbException or TimeoutException or OperationCanceledException)
        {
            if (await AtHandAsync() is { } rows)
            {
                return rows;
            }

            throw;
        }
    }

    private async Task<IReadOnlyList<OverviewRow>> AskAsync(CancellationToken cancellationToken)
    {
        var listed = await listings.AllAsync(cancellationToken);
        var found = await statuses.GetManyAsync([.. listed.Select(server => server.Key)], cancellationToken);
        return
        [
            .. listed.Select(server => new OverviewRow(
                server,
                found.GetValueOrDefault(server.Key.Server) ?? new ServerStatus { State = ServerState.Unknown }
            )),
        ];
    }

    private void Keep(KeptOverview told)
    {
        if (told.At - _keptAt >= KeepAgainAfter)
        {
            _keptAt = told.At;
            _ = kept.KeepAsync(told);
        }
    }

    /// <returns>Null when nobody can say more than what is given already.</returns>
    private async Task<AllRows?> AtHandAsync()
    {
        if ((_told ?? await kept.OverviewAsync()) is not { } known)
        {
            return null;
        }

        var verdicts = await atHand.GetManyAsync(known.Rows.ToDictionary(row => row.Server.Key, row => row.Status));
        if (verdicts.Count == 0 && _told is not null)
        {
            return null;
        }

        return new AllRows(
            [.. known.Rows.Select(row => row with { Status = verdicts.GetValueOrDefault(row.Server.Key, row.Status) })],
            known.At
        )
        {
            IsRemembered = verdicts.Count == 0,
        };
    }
}

/// <summary>Every public server.</summary>
/// <param name="Rows">By public slug.</param>
/// <param name="FiguresAt">When the archive last told the figures, while it cannot be read; null when it can.</param>
internal sealed record AllRows(IReadOnlyList<OverviewRow> Rows, DateTimeOffset? FiguresAt)
{
    /// <summary>No verdict is at hand either: all of it is as old as the figures.</summary>
    public bool IsRemembered { get; init; }
}
