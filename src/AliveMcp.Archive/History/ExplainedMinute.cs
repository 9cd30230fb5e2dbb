using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.History;

/// <summary>One minute as it is explained to people and programs.</summary>
public sealed record ExplainedMinute
{
    /// <summary>The planned minute.</summary>
    public required MinuteStamp Minute { get; init; }

    /// <summary>The sealed state; null while the minute is open or was never seen.</summary>
    public ServerState? State { get; init; }

    /// <summary>Why it is not live.</summary>
    public Why Why { get; init; }

    /// <summary>It has its one answer.</summary>
    public bool Sealed { get; init; }

    /// <summary>Where the archive holds it: <c>hot_minute</c>, <c>closed_hour</c> or <c>no</c>.</summary>
    public required string Archived { get; init; }

    /// <summary>The whole verdict; null while open and after the two days in which it is kept whole.</summary>
    public VerdictMinute? Verdict { get; init; }

    /// <summary>The story, a line a step, in its order: safe to print.</summary>
    public required IReadOnlyList<string> Lines { get; init; }
}
