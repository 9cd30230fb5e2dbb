using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Kinds;

/// <summary>A row of <c>alerting.reach</c>, as far as it is about the certificate.</summary>
internal sealed record ReachRow
{
    public required int ServerId { get; init; }

    /// <summary>Null: not known.</summary>
    public DateTimeOffset? Begins { get; init; }

    /// <summary>Null: none is seen.</summary>
    public DateTimeOffset? Ends { get; init; }

    /// <summary>When it was first seen.</summary>
    public DateTimeOffset? At { get; init; }

    public short ToldStage { get; init; }

    public DateTimeOffset? ToldEnds { get; init; }

    public ServerId Server => new(ServerId);

    /// <summary>How near the end was when its owner was told of this very certificate.</summary>
    public int Told => ToldEnds == Ends ? ToldStage : CertificateStage.None;
}
