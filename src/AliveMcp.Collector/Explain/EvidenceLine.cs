using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Explain;

/// <summary>One kept observation of a minute.</summary>
/// <param name="Region">Who saw it.</param>
/// <param name="State">What it came to.</param>
/// <param name="Why">The reason.</param>
/// <param name="Late">It came after the minute was over and did not count.</param>
/// <param name="Detail">A sentence, safe to print; null when the prober had none.</param>
public sealed record EvidenceLine(Region Region, ServerState State, Why Why, bool Late, string? Detail);
