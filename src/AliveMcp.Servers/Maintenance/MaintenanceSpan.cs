using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Maintenance;

/// <summary>One planned maintenance: its minutes are looked at and kept, and left out of uptime.</summary>
/// <param name="From">When it begins.</param>
/// <param name="To">When it is over.</param>
/// <param name="Note">The owner's words: escape them where they are shown; null: none.</param>
public sealed record MaintenanceSpan(DateTimeOffset From, DateTimeOffset To, string? Note)
{
    /// <summary>Whether any part of the minute lies in it.</summary>
    public bool Holds(MinuteStamp minute) => From < (minute + 1).Start && To > minute.Start;
}
