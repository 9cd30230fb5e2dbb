using AliveMcp.Collector.ContractVersions;
using AliveMcp.Contracts.Changes;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AliveMcp.Archive.Drift;

/// <summary>
/// Looks into doubts and declares drift. What is decided depends on stored rows alone and is written in one transaction behind a second look
/// at what the server had settled on: killed at any moment, or run by two archivers at once, each drift is declared once.
/// </summary>
internal sealed partial class DriftDeclarer(
    PostgresDoors doors,
    ContractSightings sightings,
    ContractVersionQueries texts,
    TimeProvider clock,
    ILogger<DriftDeclarer> log
)
{
    private const int AtOnce = 100;

    /// <summary>Steps of one server in a row; what is left comes with the next round.</summary>
    private const int MostSteps = 30;

    /// <summary>Minutes looked back over: three of the longest cadence, and what an archiver may have been away.</summary>
    private const int LooksBack = 360;

    /// <summary>A list is brought before the report of its minute, which began at most two minutes earlier.</summary>
    private const int LooksBackOfFirst = 3;

    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(10);

    /// <summary>Looks into all doubts that are due; returns how many there were.</summary>
    public async Task<int> DeclareAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        while (await RoundAsync(cancellationToken) is var taken and > 0)
        {
            count += taken;
            if (taken < AtOnce)
            {
                break;
            }
        }

        return count;
    }

    private async Task<int> RoundAsync(CancellationToken cancellationToken)
    {
        var doubts = await DoubtTable.DueAsync(doors, AtOnce, cancellationToken);
        foreach (var doubt in doubts)
        {
            try
            {
                await LookIntoAsync(doubt, cancellationToken);
            }
            catch (Exception fault) when (fault is FormatException or ArgumentException or PostgresException)
            {
                // Nothing of this server's may hold up the others.
                LogFailed(fault, doubt.Server);
                await PutOffAsync(doubt, AfterFailure, cancellationToken);
            }
        }

        return doubts.Count;
    }

    private async Task LookIntoAsync(ContractDoubt doubt, CancellationToken cancellationToken)
    {
        var facts = await ReadAsync(doubt.Server, cancellationToken);
        for (var steps = 0; steps < MostSteps; steps++)
        {
            var step = DriftRule.Next(facts);
            if (step is DriftStep.Later later)
            {
                await PutOffAsync(doubt, later.After, cancellationToken);
                return;
            }

            var outcome = step switch
            {
                DriftStep.Silently silently => await FirstAsync(silently.Next, facts, cancellationToken),
                DriftStep.Move move => await JudgeAsync(move, facts, cancellationToken),
                _ => null,
            };
            var written = outcome is null ? Written.No : await WriteAsync(facts.Settled, outcome, cancellationToken);
            if (written == Written.No)
            {
                await RemoveAsync(doubt, cancellationToken);
                return;
            }

            // What the minutes say further is judged from the new list, as whoever looked now would find it.
            facts =
                written == Written.Yes
                    ? facts with
                    {
                        Settled = outcome!.Next,
                    }
                    : await ReadAsync(doubt.Server, cancellationToken);
        }
    }

    private async Task<DriftFacts> ReadAsync(ServerKey server, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var newest = MinuteStamp.Of(now);
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var settled = await DriftTable.SettledAsync(connection, null, server, cancellationToken);
        var kept = await sightings.KeptAsync(server, cancellationToken);
        var from = Later(newest - LooksBack, settled?.Minute ?? BeforeTheFirst(kept));
        var minutes = await DriftTable.MinutesAsync(connection, server, from, newest, cancellationToken);
        var seen = await sightings.OfAsync(server, cancellationToken);
        return new DriftFacts(server, settled, minutes, seen, kept, now);
    }

    /// <summary>Minutes have no index by server: each that is asked for costs a look into every day that is kept.</summary>
    private static MinuteStamp? BeforeTheFirst(IReadOnlyList<KeptContract> kept) =>
        kept.Count == 0 ? null : MinuteStamp.Of(kept[0].FirstSeen) - LooksBackOfFirst;

    private static MinuteStamp Later(MinuteStamp one, MinuteStamp? other) =>
        other is { } minute && minute > one ? minute : one;

    /// <summary>Of its very first list there is nothing to compare; what in its texts attacks whoever reads it is told nevertheless.</summary>
    private async Task<DriftOutcome> FirstAsync(
        SettledContract next,
        DriftFacts facts,
        CancellationToken cancellationToken
    )
    {
        var text = facts.Settled is null ? await TextAsync(next.Server, next.FullHash, cancellationToken) : null;
        return new DriftOutcome(null, next)
        {
            Findings = text is { } first ? ContractFindings.Findings(first).Count : 0,
        };
    }

    private async Task<DriftOutcome> JudgeAsync(
        DriftStep.Move move,
        DriftFacts facts,
        CancellationToken cancellationToken
    )
    {
        var before = await TextAsync(facts.Server, move.From.FullHash, cancellationToken);
        var after = await TextAsync(facts.Server, move.List?.FullHash, cancellationToken);
        var outcome = DriftJudge.Judge(move, before, after, await OftenAsync(move, facts, cancellationToken));
        return outcome with { Findings = outcome.News is null ? 0 : NewFindings(before, after) };
    }

    /// <summary>Texts that attack whoever reads them, and were not there before.</summary>
    private static int NewFindings(ReadOnlyMemory<byte>? before, ReadOnlyMemory<byte>? after) =>
        (before, after) is ({ } old, { } now)
            ? ContractFindings
                .Findings(now)
                .Select(found => (found.Code, found.Tool, found.Path))
                .Except(ContractFindings.Findings(old).Select(found => (found.Code, found.Tool, found.Path)))
                .Count()
            : 0;

    /// <summary>The texts that changed too often in the hour before the new list was seen first, by the lists that were new in it.</summary>
    private async Task<IReadOnlyList<VolatileText>> OftenAsync(
        DriftStep.Move move,
        DriftFacts facts,
        CancellationToken cancellationToken
    )
    {
        if (move.List is not { } list)
        {
            return [];
        }

        var (changes, before) = (new List<(DateTimeOffset, ContractChange)>(), (ReadOnlyMemory<byte>?)null);
        foreach (var kept in VolatileTexts.HourBefore(list.FirstSeen, facts.Kept))
        {
            var after = await TextAsync(facts.Server, kept.FullHash, cancellationToken);
            if (before is { } old && after is { } now)
            {
                changes.AddRange(ContractDiff.Compare(old, now).Select(change => (kept.FirstSeen, change)));
            }

            before = after;
        }

        return
        [
            .. VolatileTexts
                .At(list.FirstSeen, changes)
                .Select(text => new VolatileText(text.Tool, text.Path, list.FirstSeen)),
        ];
    }

    private async Task<ReadOnlyMemory<byte>?> TextAsync(
        ServerKey server,
        string? fullHash,
        CancellationToken cancellationToken
    ) => fullHash is null ? null : await texts.TextAsync(server, fullHash, cancellationToken);

    /// <summary>Writes the outcome unless somebody else was faster, or the server is erased.</summary>
    private async Task<Written> WriteAsync(
        SettledContract? before,
        DriftOutcome outcome,
        CancellationToken cancellationToken
    )
    {
        var server = outcome.Next.Server;
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await DriftTable.HoldAsync(transaction, server, cancellationToken))
        {
            return Written.No;
        }

        var now = await DriftTable.SettledAsync(connection, transaction, server, cancellationToken);
        if (
            (now?.Minute, now?.Mark, now?.FullHash, now?.Key)
            != (before?.Minute, before?.Mark, before?.FullHash, before?.Key)
        )
        {
            return Written.ByOthers;
        }

        await DriftTable.SettleAsync(transaction, outcome.Next, cancellationToken);
        if (before is not null && outcome.News is { } news)
        {
            await DriftTable.DeclareAsync(transaction, before, outcome.Next, news, cancellationToken);
        }

        if (outcome.Findings > 0)
        {
            await DriftTable.TellFindingsAsync(transaction, outcome, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return Written.Yes;
    }

    private async Task RemoveAsync(ContractDoubt doubt, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await DoubtTable.RemoveAsync(connection, doubt, cancellationToken);
    }

    private async Task PutOffAsync(ContractDoubt doubt, TimeSpan after, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await DoubtTable.PutOffAsync(connection, doubt, after, cancellationToken);
    }

    private enum Written
    {
        /// <summary>There is nothing to write, or no server any more.</summary>
        No,
        Yes,

        /// <summary>Somebody else settled meanwhile: it must be read anew.</summary>
        ByOthers,
    }

    [LoggerMessage(
        LogLevel.Error,
        "A doubt about the contract of {Server} could not be looked into; it is tried again later"
    )]
    private partial void LogFailed(Exception fault, ServerKey server);
}
