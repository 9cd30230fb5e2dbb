using System.Text.Json;
using AliveMcp.Contracts;
using AliveMcp.Contracts.Changes;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.Drift;

/// <summary>What a move from one list to another is called. Pure.</summary>
internal static class DriftJudge
{
    private const int MostVolatile = 200;
    private static readonly TimeSpan VolatileFor = TimeSpan.FromDays(7);

    /// <summary>
    /// 1. The same list under newer rules of ours is no move. 2. Nor is one that changes nothing. 3. Under other conditions the baseline moved.
    /// 4. A way back and forth is told once. 5. Of a drift, texts that change too often are no part.
    /// </summary>
    /// <param name="move">From where to where.</param>
    /// <param name="before">The settled list's text; null when it is not kept.</param>
    /// <param name="after">The new list's text; null when it is not kept.</param>
    /// <param name="often">Texts that were just seen to change too often.</param>
    public static DriftOutcome Judge(
        DriftStep.Move move,
        ReadOnlyMemory<byte>? before,
        ReadOnlyMemory<byte>? after,
        IEnumerable<VolatileText> often
    )
    {
        var from = move.From;
        var next = from.Then(move.Settle, move.List, move.Key) with { Volatile = Volatile(move, often) };
        if (before is { } old && HashedAnew(old) is { } again && IsOurOwnChange(move, again))
        {
            return new DriftOutcome(
                null,
                next with
                {
                    ContractHash = again.ContractHash,
                    FullHash = move.List?.FullHash ?? from.FullHash,
                }
            );
        }

        var changes = Compare(move, before, after);
        if (from.Key != move.Key)
        {
            // Another endpoint is another server: whatever it shows is not compared.
            var isOther = from.Key.Url != move.Key.Url;
            var moved = new DriftNews(DriftKind.BaselineMoved, isOther ? [] : changes);
            return new DriftOutcome(isOther || changes is not { Count: 0 } ? moved : null, next);
        }

        if (move.TooMany || Swings(move))
        {
            var unstable = IsToldOf(move) ? null : new DriftNews(DriftKind.ContractUnstable, changes);
            return new DriftOutcome(unstable, next with { UnstableAt = move.Settle.Minute });
        }

        return new DriftOutcome(Drift(changes, next.Volatile), next);
    }

    private static DriftNews? Drift(IReadOnlyList<ContractChange>? changes, IReadOnlyList<VolatileText> masks)
    {
        var texts = masks.Select(text => (text.Tool, text.Path)).ToHashSet();
        var news = changes is null ? null : VolatileTexts.Masked(changes, texts);
        return news is { Count: 0 } ? null : new DriftNews(DriftKind.Drift, news);
    }

    /// <summary>The texts that change too often, those of before included for a week.</summary>
    private static IReadOnlyList<VolatileText> Volatile(DriftStep.Move move, IEnumerable<VolatileText> often) =>
        [
            .. often
                .Concat(move.From.Volatile)
                .Where(text => move.Settle.Minute.Start - text.Last < VolatileFor)
                .DistinctBy(text => (text.Tool, text.Path))
                .Take(MostVolatile),
        ];

    /// <summary>A newer version of ours may hash, or spell, the very same list otherwise: the server did nothing.</summary>
    private static bool IsOurOwnChange(DriftStep.Move move, ContractDocument again) =>
        move.List is { } next
            ? again.FullHash == next.FullHash
            : RegionEntry.MarkOf(again.ContractHash) == move.Settle.Mark;

    private static ContractDocument? HashedAnew(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var list = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = CanonicalJson.MaxDepth });
            return ContractHasher.Hash([.. list.RootElement.GetProperty("tools").EnumerateArray()]);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Null when a text is not kept.</summary>
    private static IReadOnlyList<ContractChange>? Compare(
        DriftStep.Move move,
        ReadOnlyMemory<byte>? before,
        ReadOnlyMemory<byte>? after
    )
    {
        if (before is not { } old || after is not { } now)
        {
            return null;
        }

        try
        {
            return ContractDiff.CompareAcross(old, move.From.Key.ProtocolVersion, now, move.Key.ProtocolVersion);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Swings(DriftStep.Move move) =>
        move.Settle.Mark != move.From.Mark
        && ContractSwings
            .Between([.. move.From.RecentWith(move.Settle).Select(settle => settle.Mark)])
            .Contains(move.Settle.Mark);

    private static bool IsToldOf(DriftStep.Move move) =>
        move.From.UnstableAt is { } told && move.Settle.Minute - told <= SettledContract.RememberedMinutes;
}

/// <summary>What a move comes to.</summary>
/// <param name="News">What is declared; null when nothing is.</param>
/// <param name="Next">What the server settled on.</param>
internal sealed record DriftOutcome(DriftNews? News, SettledContract Next)
{
    /// <summary>How many texts attack whoever reads them that were not there before: in a first list all of them.</summary>
    public int Findings { get; init; }
}

/// <summary>What is declared.</summary>
/// <param name="Kind">What it is called.</param>
/// <param name="Changes">The gravest first; null when a list is not kept.</param>
internal sealed record DriftNews(DriftKind Kind, IReadOnlyList<ContractChange>? Changes);
