namespace AliveMcp.Alerting.Sinks;

/// <summary>The sinks there are, by kind.</summary>
internal sealed class SinkDirectory(IEnumerable<ISink> sinks)
{
    private readonly Dictionary<SinkKind, ISink> _byKind = sinks.ToDictionary(sink => sink.Kind);

    public bool Has(SinkKind kind) => _byKind.ContainsKey(kind);

    /// <exception cref="KeyNotFoundException">No folder sends to this kind.</exception>
    public ISink Of(SinkKind kind) => _byKind[kind];
}
