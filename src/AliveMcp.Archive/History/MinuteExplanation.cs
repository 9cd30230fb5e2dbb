using AliveMcp.Collector.Explain;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.History;

/// <summary>Tells one minute end to end: ticket, entries, judgement, seal, archive.</summary>
public sealed class MinuteExplanation
{
    private readonly ExplainMinute _collector;
    private readonly ArchivedMinutes _archive;

    internal MinuteExplanation(ExplainMinute collector, ArchivedMinutes archive) =>
        (_collector, _archive) = (collector, archive);

    /// <summary>The story; null when nobody knows of such a minute and the server was not watched then.</summary>
    public async Task<ExplainedMinute?> ExplainAsync(
        ServerKey server,
        MinuteStamp minute,
        CancellationToken cancellationToken
    )
    {
        var told = await _collector.ExplainAsync(server, minute, cancellationToken);
        var held = await _archive.FindAsync(server, minute, cancellationToken);
        // Redis lets go of a minute a quarter of an hour after it was archived: the row then carries plan, entries and verdict.
        var story =
            told ?? (held.Verdict is { } verdict ? new MinuteStory { Plan = verdict.Plan, Verdict = verdict } : null);
        if (story is null && held is { Closed: null, Watched: false })
        {
            return null;
        }

        var sealedAs = story?.Verdict;
        return new ExplainedMinute
        {
            Minute = minute,
            State = sealedAs?.State ?? held.Closed?.State,
            Why = sealedAs?.Why ?? held.Closed?.Why ?? Why.None,
            Sealed = sealedAs is not null || held.Closed is not null,
            Archived = Place(held),
            Verdict = sealedAs,
            Lines = [.. story?.Lines ?? await UnplannedAsync(server, minute), .. ArchiveLines(held, told)],
        };
    }

    private async Task<IReadOnlyList<string>> UnplannedAsync(ServerKey server, MinuteStamp minute) =>
        await _collector.WaitsAsync(server.Server, minute) is { } until
            ? [$"plan     none: the server asked us to look less often until {until:HH:mm:ss'Z'}"]
            : [];

    private static string Place(ArchivedMinute held) =>
        held switch
        {
            { Closed: not null } => "closed_hour",
            { Verdict: not null } => "hot_minute",
            _ => "no",
        };

    private static IEnumerable<string> ArchiveLines(ArchivedMinute held, MinuteStory? told)
    {
        if (held.Verdict is { } verdict)
        {
            yield return $"archived {StateWords.Word(verdict.State)}, hot minute, weight {verdict.Plan.Weight}";
            if (told?.Verdict is { } redis && !Same(redis, verdict))
            {
                yield return $"archived differs from what Redis holds now ({StateWords.Word(redis.State)}): the first one kept stands";
            }
        }

        if (held.Closed is { } closed)
        {
            yield return $"archived {StateWords.Word(closed.State)}, in its closed hour, weight {closed.Weight}"
                + (closed.LatencyMs is { } latency ? $", {latency} ms" : "");
        }

        if (held is { Verdict: null, Closed: null })
        {
            yield return held.Watched
                ? "archived no: the server was watched and nothing is known of this minute, it counts as unknown"
                : "archived no: the server was not watched in this minute";
        }
    }

    private static bool Same(VerdictMinute left, VerdictMinute right) =>
        left.State == right.State && left.Why == right.Why && left.Entries.Count == right.Entries.Count;
}
