using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Archive.History;

/// <summary>What the archive holds of one minute.</summary>
internal sealed record ArchivedMinute
{
    /// <summary>As it was sealed; null when no hot row is held any more.</summary>
    public VerdictMinute? Verdict { get; init; }

    /// <summary>What the closed hour keeps of it; null while the hour is open or when it holds no such minute.</summary>
    public MinuteRow? Closed { get; init; }

    /// <summary>The server was watched in this minute.</summary>
    public bool Watched { get; init; }
}
