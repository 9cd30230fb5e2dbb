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
        for (var steps = 0; steps < MostSteps; steps++)
        {
            var facts = await ReadAsync(doubt.Server, cancellationToken);
            var step = DriftRule.Next(facts);
            if (step is DriftStep.Later later)
            {
                await PutOffAsync(doubt, later.After, cancellationToken);
                return;
            }

            var outcome = step switch
            {
                DriftStep.Silently silently => new DriftOutcome(null, silently.Next),
                DriftStep.Move move => await JudgeAsync(move, facts, cancellationToken),
                _ => null,
            };
            if (outcome is null || !await WriteAsync(facts.Settled, outcome, cancellationToken))
            {
                await RemoveAsync(doubt, cancellationToken);
                return;
            }
        }
    }

    private async Task<DriftFacts> ReadAsync(ServerKey server, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var newest = MinuteStamp.Of(now);
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var settled = await DriftTable.SettledAsync(connection, null, server, cancellationToken);
        var minutes = await DriftTable.MinutesAsync(connection, server, newest - LooksBack, newest, cancellationToken);
        return new DriftFacts(
            server,
            settled,
            minutes,
            await sightings.OfAsync(server, cancellationToken),
            await sightings.KeptAsync(server, cancellationToken),
            now
        );
    }

    private async Task<DriftOutcome> JudgeAsync(
        DriftStep.Move move,
        DriftFacts facts,
        CancellationToken cancellationToken
    )
    {
        var before = await TextAsync(facts.Server, move.From.FullHash, cancellationToken);
        var after = await TextAsync(facts.Server, move.List?.FullHash, cancellationToken);
        return DriftJudge.Judge(move, before, after, await OftenAsync(move, facts, cancellationToken));
    }

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

    /// <summary>Writes the outcome unless somebody else was faster: then the next look finds what they wrote. False when the server is erased.</summary>
    private async Task<bool> WriteAsync(
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
            return false;
        }

        var now = await DriftTable.SettledAsync(connection, transaction, server, cancellationToken);
        if (
            (now?.Minute, now?.Mark, now?.FullHash, now?.Key)
            != (before?.Minute, before?.Mark, before?.FullHash, before?.Key)
        )
        {
            return true;
        }

        await DriftTable.SettleAsync(transaction, outcome.Next, cancellationToken);
        if (before is not null && outcome.News is { } news)
        {
            await DriftTable.DeclareAsync(transaction, before, outcome.Next, news, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
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

    [LoggerMessage(
        LogLevel.Error,
        "A doubt about the contract of {Server} could not be looked into; it is tried again later"
    )]
    private partial void LogFailed(Exception fault, ServerKey server);
}
