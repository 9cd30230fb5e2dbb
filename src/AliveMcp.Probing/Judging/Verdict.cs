using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Judging;

/// <summary>What one try says.</summary>
internal sealed record Verdict
{
    public required ServerState State { get; init; }

    public Why Why { get; init; }

    public ProbeStep? FailedAt { get; init; }

    public Access Access { get; init; }

    public VerifiedTo VerifiedTo { get; init; }

    /// <summary>Not yet escaped.</summary>
    public string? Detail { get; init; }

    /// <summary>Status of the answer that decided.</summary>
    public int? HttpStatus { get; init; }
}
