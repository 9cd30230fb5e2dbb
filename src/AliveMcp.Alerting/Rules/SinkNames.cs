using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Rules;

/// <summary>The sinks that a file's rules may name.</summary>
/// <param name="Numbers">By name; 0: there is none yet, and the file makes it. Null: any name will do, which of them there are is asked later.</param>
internal sealed record SinkNames(IReadOnlyDictionary<string, int>? Numbers)
{
    /// <summary>When the form alone is read.</summary>
    public static SinkNames Any { get; } = new((IReadOnlyDictionary<string, int>?)null);

    /// <summary>What a name must be.</summary>
    public string What =>
        Numbers is null ? "the name of a sink"
        : Numbers.Count == 0 ? "the name of a sink; there is none, add it under sinks"
        : $"the name of a sink; there are {SafeText.Of(string.Join(", ", Numbers.Keys.Order(StringComparer.Ordinal)), 300)}";

    /// <summary>Null: there is no such sink.</summary>
    public int? NumberOf(string name) =>
        Numbers is null ? 0
        : Numbers.TryGetValue(name, out var number) ? number
        : null;
}
