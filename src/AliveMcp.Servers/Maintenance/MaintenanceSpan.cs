using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Maintenance;

/// <summary>A planned maintenance: its minutes are looked at and kept, and left out of uptime; no alert leaves for them.</summary>
/// <param name="From">When it begins, the first time.</param>
/// <param name="To">When it is over, the first time.</param>
/// <param name="Note">The owner's words: escape them where they are shown; null: none.</param>
public sealed record MaintenanceSpan(DateTimeOffset From, DateTimeOffset To, string? Note)
{
    /// <summary>See <see cref="Recurrence"/>; null: once.</summary>
    public string? Rule { get; init; }

    /// <summary>IANA name of the zone by whose clocks it comes again, for example <c>Europe/Zurich</c>; null: UTC.</summary>
    public string? Zone { get; init; }

    /// <summary>Whether any part of the minute lies in it.</summary>
    public bool Holds(MinuteStamp minute) =>
        Rule is null
            ? From < (minute + 1).Start && To > minute.Start
            : RecurringSpans.Shared.Of(this)?.Holds(minute) ?? false;
}
