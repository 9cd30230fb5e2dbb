namespace AliveMcp.Vocabulary;

/// <summary>A whole minute of UTC, counted from 1970-01-01T00:00Z.</summary>
public readonly record struct MinuteStamp(int Value) : IComparable<MinuteStamp>
{
    /// <summary>The first instant of the minute.</summary>
    public DateTimeOffset Start => DateTimeOffset.FromUnixTimeSeconds(Value * 60L);

    /// <summary>The UTC day that holds the minute.</summary>
    public DateOnly Day => DateOnly.FromDateTime(Start.UtcDateTime);

    /// <summary>The number of the UTC hour that holds the minute, counted like the minute.</summary>
    public int Hour => Value / 60;

    /// <summary>Where in its hour the minute lies, 0 to 59.</summary>
    public int OfHour => Value % 60;

    /// <summary>The minute that holds an instant; of one beyond the last minute that can be counted, in the year 6053, that last one.</summary>
    public static MinuteStamp Of(DateTimeOffset instant) =>
        new((int)Math.Min(instant.ToUnixTimeSeconds() / 60, int.MaxValue));

    /// <summary>The first minute of a UTC day.</summary>
    public static MinuteStamp Of(DateOnly day) =>
        Of(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));

    /// <summary>Reads <c>2026-11-21T07:33Z</c>, any ISO 8601 instant with an offset, or the plain count.</summary>
    public static bool TryParse(string? text, out MinuteStamp minute)
    {
        minute = default;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            minute = new MinuteStamp(count);
            return true;
        }

        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (
            !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, styles, out var instant)
            || instant.Year < 1970
        )
        {
            return false;
        }

        minute = Of(instant);
        return true;
    }

    public static MinuteStamp operator +(MinuteStamp minute, int minutes) => new(minute.Value + minutes);

    public static MinuteStamp operator -(MinuteStamp minute, int minutes) => new(minute.Value - minutes);

    public static int operator -(MinuteStamp later, MinuteStamp earlier) => later.Value - earlier.Value;

    public static bool operator <(MinuteStamp left, MinuteStamp right) => left.Value < right.Value;

    public static bool operator >(MinuteStamp left, MinuteStamp right) => left.Value > right.Value;

    public static bool operator <=(MinuteStamp left, MinuteStamp right) => left.Value <= right.Value;

    public static bool operator >=(MinuteStamp left, MinuteStamp right) => left.Value >= right.Value;

    public int CompareTo(MinuteStamp other) => Value.CompareTo(other.Value);

    /// <summary>ISO 8601 to the minute, for example <c>2026-11-21T07:33Z</c>.</summary>
    public override string ToString() => Start.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}
