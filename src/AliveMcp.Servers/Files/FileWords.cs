using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>The words that the servers file knows, and the one that somebody probably meant.</summary>
internal static class FileWords
{
    /// <summary>Lists at the top besides the servers.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["maintenance", "sinks", "rules"];

    /// <summary>Keys at the top. <c>$schema</c> is for editors and means nothing to us.</summary>
    public static IReadOnlyList<string> Top { get; } = ["servers", .. Parts, "$schema"];

    public static IReadOnlyList<string> Entry { get; } =
    [
        "slug",
        "name",
        "url",
        "tags",
        "transport",
        "expects",
        "expected_tools",
        "test_calls",
        "health",
        "timeout",
        "slow_after",
        "regions",
        "visibility",
        "cadence",
        "watch",
        "maintenance",
        "slo",
        "alerts",
        "depends_on",
    ];

    public static IReadOnlyList<string> Alerts { get; } = ["confirm", "recover", "severity", "off", "on"];

    public static IReadOnlyDictionary<string, int> Severities { get; } =
        new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["P1"] = 1,
            ["P2"] = 2,
            ["P3"] = 3,
            ["P4"] = 4,
        };

    public static IReadOnlyList<string> Objective { get; } = ["target", "window"];

    public static IReadOnlyList<string> TestCall { get; } =
    ["tool", "arguments", "allow", "contains", "json_path", "equals", "schema", "within", "failure"];

    public static IReadOnlyList<string> Maintenance { get; } = ["from", "to", "note", "rrule", "zone"];

    /// <summary>Of a window at the top of the file.</summary>
    public static IReadOnlyList<string> WideMaintenance { get; } = [.. Maintenance, "tags", "all"];

    public static IReadOnlyList<string> Health { get; } = ["url", "every", "status", "contains"];

    public static IReadOnlyDictionary<string, bool> Flags { get; } =
        new Dictionary<string, bool>(StringComparer.Ordinal) { ["true"] = true, ["false"] = false };

    /// <summary>What a failing test call makes of a server; true: down.</summary>
    public static IReadOnlyDictionary<string, bool> Failures { get; } =
        new Dictionary<string, bool>(StringComparer.Ordinal) { ["degraded"] = false, ["down"] = true };

    public static IReadOnlyDictionary<string, McpTransport> Transports { get; } =
        new Dictionary<string, McpTransport>(StringComparer.Ordinal)
        {
            ["auto"] = McpTransport.Auto,
            ["http"] = McpTransport.Http,
            ["sse"] = McpTransport.Sse,
        };

    public static IReadOnlyDictionary<string, ProtectionExpectation> Expectations { get; } =
        new Dictionary<string, ProtectionExpectation>(StringComparer.Ordinal)
        {
            ["auto"] = ProtectionExpectation.Auto,
            ["open"] = ProtectionExpectation.Open,
            ["protected"] = ProtectionExpectation.Protected,
        };

    public static IReadOnlyDictionary<string, Visibility> Visibilities { get; } =
        new Dictionary<string, Visibility>(StringComparer.Ordinal)
        {
            ["public"] = Visibility.Public,
            ["private"] = Visibility.Private,
        };

    public static string Word<T>(IReadOnlyDictionary<string, T> words, T value) =>
        words.First(pair => EqualityComparer<T>.Default.Equals(pair.Value, value)).Key;

    /// <summary><c>did you mean 'url'?</c>, or the list of all when none is near.</summary>
    public static string Hint(string wrong, IEnumerable<string> known)
    {
        var words = known.ToList();
        var nearest = wrong.Length > 40 ? null : words.MinBy(word => Distance(wrong.ToLowerInvariant(), word));
        return nearest is not null && Distance(wrong.ToLowerInvariant(), nearest) <= Math.Max(1, nearest.Length / 2)
            ? $"did you mean '{nearest}'?"
            : $"known are {string.Join(", ", words)}";
    }

    /// <summary>Levenshtein: how many letters must be put in, left out or exchanged.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var exchanged = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(exchanged, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
