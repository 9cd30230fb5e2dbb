using AliveMcp.Contracts;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing;

/// <summary>What one try found. Everything textual in it is safe to print.</summary>
public sealed record ProbeResult
{
    /// <summary>The judged try, as it travels to the desk.</summary>
    public required ProbeAttempt Attempt { get; init; }

    public required Observed Observed { get; init; }

    /// <summary>The tool list's contract, without its text when it is the known one; null when no whole list was seen.</summary>
    public ContractDocument? Contract { get; init; }

    /// <summary>What the door asked for: the <c>WWW-Authenticate</c> of a refusal; null when there was none.</summary>
    public string? Auth { get; init; }

    /// <summary>Sentences for the owner: what will become a failure, or costs an agent something.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyList<ProbeFinding> Findings { get; init; } = [];

    /// <summary>What proves the verdict; null when the try was live.</summary>
    public ProbeEvidence? Evidence { get; init; }
}
