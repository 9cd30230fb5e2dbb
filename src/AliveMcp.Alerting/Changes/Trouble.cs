using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Changes;

/// <summary>A trouble that was confirmed and lasts.</summary>
internal sealed record Trouble
{
    /// <summary>The first bad minute, counted from 1970.</summary>
    public required int StartedIn { get; init; }

    /// <summary>The minute that confirmed it.</summary>
    public required int ConfirmedIn { get; init; }

    public Why Reason { get; init; }

    /// <summary>Planned minutes in a row that were good, and the first of them.</summary>
    public int Goods { get; init; }

    public int? GoodSince { get; init; }

    /// <summary>It comes and goes: one incident until it is calm.</summary>
    public bool IsFlapping { get; init; }

    /// <summary>Of a flapping one: the first of the bad minutes in a row.</summary>
    public int? BadSince { get; init; }
}
