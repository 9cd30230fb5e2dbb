using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Maintenance;

/// <summary>
/// A window that comes again at the same time on the clocks of its zone, and lasts as long each time. A time that the clocks leave out is
/// taken an hour later, one that they show twice the first time.
/// </summary>
internal sealed class RecurringSpan
{
    private readonly Recurrence _rule;
    private readonly TimeZoneInfo _zone;
    private readonly DateTime _first;
    private readonly TimeSpan _length;
    private readonly DateOnly? _last;

    public RecurringSpan(DateTimeOffset from, DateTimeOffset to, Recurrence rule, TimeZoneInfo zone)
    {
        (_rule, _zone, _length) = (rule, zone, to - from);
        _first = TimeZoneInfo.ConvertTime(from, zone).DateTime;
        _last = rule.LastDay(DateOnly.FromDateTime(_first));
    }

    /// <summary>Whether any part of the minute lies in one of them.</summary>
    public bool Holds(MinuteStamp minute)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(minute.Start, _zone).DateTime);
        for (
            var day = today.AddDays(-(int)Math.Ceiling(_length.TotalDays) - 1);
            day <= today.AddDays(1);
            day = day.AddDays(1)
        )
        {
            if (BeginsOn(day) is { } begins && begins < (minute + 1).Start && begins + _length > minute.Start)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>When the window of a day begins; null: there is none.</summary>
    public DateTimeOffset? BeginsOn(DateOnly day)
    {
        if (day > (_last ?? DateOnly.MaxValue) || !_rule.IsOn(DateOnly.FromDateTime(_first), day))
        {
            return null;
        }

        var local = day.ToDateTime(TimeOnly.FromDateTime(_first));
        // By instants, which have one offset each: local times near a change may have two or none.
        var middle = new DateTimeOffset(local, TimeSpan.Zero);
        var (before, after) = (_zone.GetUtcOffset(middle.AddDays(-1)), _zone.GetUtcOffset(middle.AddDays(1)));
        var first = new DateTimeOffset(local, before > after ? before : after).ToUniversalTime();
        if (TimeZoneInfo.ConvertTime(first, _zone).DateTime == local)
        {
            return first;
        }

        var second = new DateTimeOffset(local, before > after ? after : before).ToUniversalTime();
        return TimeZoneInfo.ConvertTime(second, _zone).DateTime == local
            ? second
            // Left out: by the offset before the clocks are moved (RFC 5545, 3.3.5).
            : new DateTimeOffset(local, before).ToUniversalTime();
    }
}
