using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Changes;

/// <summary>A confirmed change of a server: what opens, updates or closes an incident.</summary>
internal sealed record StatusChange
{
    public required ServerKey Server { get; init; }

    public required AlertKind Kind { get; init; }

    public required ChangeAct Act { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>The first bad minute.</summary>
    public required MinuteStamp StartedIn { get; init; }

    /// <summary>The minute that confirmed it: with server and kind, the incident's name.</summary>
    public required MinuteStamp ConfirmedIn { get; init; }

    /// <summary>The minute that decided this change.</summary>
    public required MinuteStamp At { get; init; }

    /// <summary>Of a closed one: the first minute that was good again.</summary>
    public MinuteStamp? EndedIn { get; init; }

    public required Why Reason { get; init; }

    /// <summary>How many looks the decision rests on.</summary>
    public int Looks { get; init; }

    /// <summary>The minute that decided; null: that there was none.</summary>
    public TrackedMinute? Minute { get; init; }

    /// <summary>What was measured, a sentence of ours; null: the reason says it all.</summary>
    public string? Measured { get; init; }

    public bool IsFlapping { get; init; }

    /// <summary>Of what ends by itself: when.</summary>
    public DateTimeOffset? Ends { get; init; }

    /// <summary>Of what ends by itself: how near the end is; each is told once.</summary>
    public int Stage { get; init; }
}

/// <summary>What becomes of an incident.</summary>
internal enum ChangeAct
{
    Opened,

    /// <summary>It began to come and go.</summary>
    Flapping,

    /// <summary>It came and went, and is there to stay.</summary>
    Steady,

    /// <summary>What it warns of came nearer.</summary>
    Nearer,
    Closed,

    /// <summary>Closed, because a graver incident of the same server opened.</summary>
    Overtaken,

    /// <summary>Closed, because the new state is the normal one from now on.</summary>
    Accepted,

    /// <summary>Closed, because nobody looks any more.</summary>
    Unwatched,
}
