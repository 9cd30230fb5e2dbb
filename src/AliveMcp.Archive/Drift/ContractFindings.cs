using System.Collections.Concurrent;
using System.Text.Json;
using AliveMcp.Collector.ContractVersions;
using AliveMcp.Contracts.Screening;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Drift;

/// <summary>Tells what in a list's texts attacks whoever reads it, and remembers it: one hash always tells the same.</summary>
public sealed class ContractFindings(ContractVersionQueries contracts)
{
    private const int MostRemembered = 500;
    private const int MostFindings = 20;
    private readonly ConcurrentDictionary<string, IReadOnlyList<PanelFinding>> _told = new(StringComparer.Ordinal);

    /// <summary>At most 20 findings; none when the list's text is not kept.</summary>
    internal async Task<IReadOnlyList<PanelFinding>> FindingsAsync(
        ServerKey server,
        string fullHash,
        CancellationToken cancellationToken
    )
    {
        if (_told.TryGetValue(fullHash, out var told))
        {
            return told;
        }

        // A text that is not kept yet may still come.
        if (await contracts.TextAsync(server, fullHash, cancellationToken) is not { } text)
        {
            return [];
        }

        return Remember(fullHash, text);
    }

    /// <summary>What is remembered of a list; null when it was not looked at yet.</summary>
    internal IReadOnlyList<PanelFinding>? Told(string fullHash) => _told.GetValueOrDefault(fullHash);

    /// <summary>Looks at a list that is at hand.</summary>
    internal IReadOnlyList<PanelFinding> Remember(string fullHash, ReadOnlyMemory<byte> text)
    {
        if (_told.Count >= MostRemembered)
        {
            _told.Clear();
        }

        return _told[fullHash] = Findings(text);
    }

    internal static IReadOnlyList<PanelFinding> Findings(ReadOnlyMemory<byte> text)
    {
        try
        {
            return
            [
                .. TextScreen
                    .Screen(text)
                    .Take(MostFindings)
                    .Select(found => new PanelFinding(found.Code, found.Tool, found.Path, found.Detail, found.Span)),
            ];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
