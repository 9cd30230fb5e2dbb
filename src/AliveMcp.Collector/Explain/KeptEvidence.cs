using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Explain;

/// <summary>What a probe saw when a reason was new. All of it comes from a stranger's server: safe to print, still a stranger's words.</summary>
public sealed record KeptEvidence
{
    /// <summary>Grows with time; the place in the list.</summary>
    public required long Id { get; init; }

    /// <summary>The minute that the probe was made for.</summary>
    public required MinuteStamp Minute { get; init; }

    /// <summary>Who saw it.</summary>
    public required Region Region { get; init; }

    /// <summary>What the region's look came to.</summary>
    public required ServerState State { get; init; }

    /// <summary>The reason.</summary>
    public required Why Why { get; init; }

    /// <summary>It came after the minute was over and did not count.</summary>
    public required bool Late { get; init; }

    /// <summary>A sentence; null when the prober had none.</summary>
    public required string? Detail { get; init; }

    /// <summary>When it was kept.</summary>
    public required DateTimeOffset KeptAt { get; init; }

    /// <summary>The packed observation (gzip of JSON) as its prober sent it; null in lists, and when there is none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>There is a body.</summary>
    public required bool HasBody { get; init; }
}
