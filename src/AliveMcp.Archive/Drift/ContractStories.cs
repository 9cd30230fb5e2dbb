using System.Collections.Concurrent;
using System.Text.Json;
using AliveMcp.Collector.ContractVersions;
using AliveMcp.Contracts.Changes;
using AliveMcp.Contracts.Screening;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Drift;

/// <summary>Tells what a server's last change of contract was, from the texts that are kept, and remembers it: two hashes always tell the same.</summary>
public sealed class ContractStories(ContractVersionQueries contracts)
{
    private const int MostRemembered = 500;
    private const int MostChanges = 40;
    private const int MostFindings = 20;
    private readonly ConcurrentDictionary<(string? Before, string After), Story> _told = new();

    /// <summary>The panel with the story of its last change; as it was when no texts are kept.</summary>
    internal async Task<ContractPanel> TellAsync(
        ContractPanel panel,
        ServerKey server,
        (string? Before, string After) lists,
        CancellationToken cancellationToken
    )
    {
        if (!_told.TryGetValue(lists, out var story))
        {
            var after = await contracts.TextAsync(server, lists.After, cancellationToken);
            var before = lists.Before is { } hash ? await contracts.TextAsync(server, hash, cancellationToken) : null;
            story = Of(before, after);
            // A text that is not kept yet may still come.
            if (after is not null)
            {
                Remember(lists, story);
            }
        }

        return panel with
        {
            Changes = story.Changes,
            ChangeCount = story.Count,
            Findings = story.Findings,
        };
    }

    /// <summary>
    /// Which list stood before the current one: the newest other. That is the one before it, or, when a newer one than the current is known,
    /// the one from which the server went back. Null when there is none.
    /// </summary>
    internal static string? Before(string current, IReadOnlyList<ContractVersionRow> versions) =>
        versions.LastOrDefault(version => version.FullHash != current)?.FullHash;

    internal static Story Of(ReadOnlyMemory<byte>? before, ReadOnlyMemory<byte>? after)
    {
        if (after is not { } now)
        {
            return Story.None;
        }

        try
        {
            var changes = before is { } old ? ContractDiff.Compare(old, now) : [];
            return new Story(
                [.. changes.Take(MostChanges).Select(Line)],
                changes.Count,
                [.. TextScreen.Screen(now).Take(MostFindings).Select(Line)]
            );
        }
        catch (JsonException)
        {
            return Story.None;
        }
    }

    private void Remember((string? Before, string After) lists, Story story)
    {
        if (_told.Count >= MostRemembered)
        {
            _told.Clear();
        }

        _told[lists] = story;
    }

    private static PanelChange Line(ContractChange change) =>
        new(Word(change.Class), change.Code, change.Tool, change.Path, change.Detail);

    private static PanelFinding Line(TextFinding found) =>
        new(found.Code, found.Tool, found.Path, found.Detail, found.Span);

    private static string Word(ChangeClass @class) =>
        @class switch
        {
            ChangeClass.Security => "security",
            ChangeClass.Breaking => "breaking",
            ChangeClass.Additive => "additive",
            _ => "text",
        };

    /// <summary>What is told of one change.</summary>
    internal sealed record Story(IReadOnlyList<PanelChange> Changes, int Count, IReadOnlyList<PanelFinding> Findings)
    {
        public static Story None { get; } = new([], 0, []);
    }
}
