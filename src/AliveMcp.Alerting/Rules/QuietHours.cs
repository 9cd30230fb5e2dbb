namespace AliveMcp.Alerting.Rules;

/// <summary>A part of every day in which nobody wants to be woken for less than P1. <paramref name="From"/> after <paramref name="To"/> runs over midnight.</summary>
/// <param name="From">Its first minute, on the wall clock of the zone.</param>
/// <param name="To">The first minute after it; another than <paramref name="From"/>.</param>
/// <param name="Zone">IANA zone.</param>
internal sealed record QuietHours(TimeOnly From, TimeOnly To, TimeZoneInfo Zone)
{
    /// <summary>When the quiet that holds at this moment is over; null: it is not quiet.</summary>
    public DateTimeOffset? EndAt(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone);
        if (!Holds(TimeOnly.FromDateTime(local.DateTime)))
        {
            return null;
        }

        var day = DateOnly.FromDateTime(local.DateTime);
        var end = day.ToDateTime(To);
        if (end <= local.DateTime)
        {
            end = day.AddDays(1).ToDateTime(To);
        }

        var instant = Instant(end);
        // An hour that comes twice: its second time is as quiet as its first.
        return instant > now ? instant : instant + TimeSpan.FromHours(1);
    }

    /// <summary>What the clock of a zone shows: an hour that it leaves out is taken for the one after it, one that it shows twice for the first.</summary>
    private DateTimeOffset Instant(DateTime local)
    {
        while (Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private bool Holds(TimeOnly time) => From < To ? time >= From && time < To : time >= From || time < To;
}
