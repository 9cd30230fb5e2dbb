using System.Text.Json;

namespace AliveMcp.Cli.Up;

/// <summary>Waits until every demo server has a verdict that is archived and can be read over HTTP.</summary>
internal sealed class FirstVerdicts(VerdictFeed feed, string home)
{
    public static readonly TimeSpan AtMost = TimeSpan.FromSeconds(150);

    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);

    /// <summary>Slugs that still have none, with what is known of them.</summary>
    public IReadOnlyList<string> Missing { get; private set; } = ["nothing could be read yet"];

    public async Task<bool> AreThereAsync(IReadOnlyList<Verdict> verdicts, CancellationToken cancellationToken)
    {
        var wanted =
            Demo() ?? [.. verdicts.Where(verdict => verdict.State != "paused").Select(verdict => verdict.Slug)];
        var missing = new List<string>();
        foreach (var slug in wanted)
        {
            var verdict = verdicts.FirstOrDefault(verdict => verdict.Slug == slug);
            if (verdict is null or { State: "unknown" } or { LastMinute: null })
            {
                missing.Add($"{slug}: {verdict?.State ?? "not listed"}");
            }
            else if (!await IsKeptAsync(slug, cancellationToken))
            {
                missing.Add($"{slug}: {verdict.State}, not archived yet");
            }
        }

        Missing = missing;
        return missing.Count == 0;
    }

    private async Task<bool> IsKeptAsync(string slug, CancellationToken cancellationToken) =>
        _kept.Contains(slug) || (await feed.IsArchivedAsync(slug, cancellationToken) && _kept.Add(slug));

    /// <summary>Null when there are no demo servers: then every server of the install is waited for.</summary>
    private List<string>? Demo()
    {
        var path = Path.Combine(home, "run", "demo.json");
        return File.Exists(path)
            ? [.. JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path))!.Keys]
            : null;
    }
}
