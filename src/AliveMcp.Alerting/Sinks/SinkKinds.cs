namespace AliveMcp.Alerting.Sinks;

/// <summary>What the kinds have besides sending: their settings and their proofs.</summary>
internal sealed class SinkKinds(IEnumerable<ISinkSettings> settings, IEnumerable<ISinkProof> proofs)
{
    private readonly Dictionary<SinkKind, ISinkSettings> _settings = settings.ToDictionary(one => one.Kind);
    private readonly Dictionary<SinkKind, ISinkProof> _proofs = proofs.ToDictionary(one => one.Kind);

    /// <summary>Kinds that this install has a folder for.</summary>
    public IReadOnlyCollection<SinkKind> All => _settings.Keys;

    public ISinkSettings Settings(SinkKind kind) => _settings[kind];

    public ISinkProof Proof(SinkKind kind) => _proofs[kind];
}
