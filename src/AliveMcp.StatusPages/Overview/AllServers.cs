using System.Data.Common;
using AliveMcp.Archive.Status;
using AliveMcp.StatusPages.Kept;
using AliveMcp.StatusPages.Standings;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.Options;

namespace AliveMcp.StatusPages.Overview;

/// <summary>
/// Reads every public server with its status, in one reading. When the archive does not answer: those that it told of last, with the verdicts
/// that are at hand.
/// </summary>
internal sealed class AllServers(
    SlugRoster roster,
    VerdictSource verdicts,
    KeptPages kept,
    IOptions<StatusPagesOptions> options,
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
            var at = clock.GetUtcNow();
            var rows = await AskAsync(cancellationToken);
            _told = new KeptOverview(rows, at);
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
        var listed = await roster.AllAsync(cancellationToken);
        var found = await verdicts.StatusesAsync([.. listed.Select(server => server.Key)], cancellationToken);
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

        var rows = known.Rows.Where(row => roster.MayShow(row.Server.PublicSlug, known.At)).ToList();
        var newer = await verdicts.AtHandAsync(rows.ToDictionary(row => row.Server.Key, row => row.Status));
        if (newer.Count == 0 && _told is not null)
        {
            return null;
        }

        var isOld = clock.GetUtcNow() - known.At > options.Value.StaleAfter;
        return new AllRows([.. rows.Select(row => row with { Status = Now(row) })], known.At)
        {
            IsRemembered = newer.Count == 0,
        };

        // That others were verified says nothing of one whose verdict is not at hand.
        ServerStatus Now(OverviewRow row) =>
            newer.TryGetValue(row.Server.Key, out var status) ? status
            : isOld ? Standing.Disbelieved(row.Status)
            : row.Status;
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
