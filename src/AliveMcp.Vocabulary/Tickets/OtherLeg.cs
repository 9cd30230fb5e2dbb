namespace AliveMcp.Vocabulary.Tickets;

/// <summary>Whether a probe that came in by one era also tries the other, behind everything else.</summary>
public enum OtherLeg : byte
{
    /// <summary>Do not look. The default.</summary>
    Skip = 0,

    /// <summary>Look, and say what is there.</summary>
    Look = 1,

    /// <summary>Look; it answered before, so that its silence is <c>era_broken</c>.</summary>
    Expected = 2,
}
