namespace AliveMcp.Vocabulary.Minutes;

/// <summary>What is kept at hand of a server: its last two sealed minutes, and the last one whose state was known.</summary>
public sealed record Hot(VerdictMinute? Last, VerdictMinute? Previous, VerdictMinute? LastKnown)
{
    /// <summary>The server asked us not to look before; null: it did not.</summary>
    public DateTimeOffset? BackoffUntil { get; init; }
}
