using System.Globalization;
using System.Text.RegularExpressions;
using AliveMcp.Archive.Hours;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Slo;

/// <summary>A UTC calendar month.</summary>
/// <param name="First">Its first day.</param>
public readonly partial record struct SlaMonth(DateOnly First) : IComparable<SlaMonth>
{
    /// <summary>Its last day.</summary>
    public DateOnly Last => First.AddMonths(1).AddDays(-1);

    /// <summary>Its first minute.</summary>
    public MinuteStamp Start => MinuteStamp.Of(First);

    /// <summary>The first minute that is no more of it.</summary>
    public MinuteStamp End => MinuteStamp.Of(First.AddMonths(1));

    /// <summary>For example "October 2026".</summary>
    public string Title => First.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The month that holds an instant.</summary>
    public static SlaMonth Of(DateTimeOffset instant) =>
        new(new DateOnly(instant.UtcDateTime.Year, instant.UtcDateTime.Month, 1));

    /// <summary>Reads <c>2026-10</c>.</summary>
    public static bool TryParse(string? text, out SlaMonth month)
    {
        month = default;
        if (text is null || !Shape().IsMatch(text))
        {
            return false;
        }

        month = new SlaMonth(DateOnly.ParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>Every minute of it is sealed.</summary>
    public bool IsOver(DateTimeOffset now) => HourClock.NewestSealed(now) + 1 >= End;

    /// <inheritdoc/>
    public int CompareTo(SlaMonth other) => First.CompareTo(other.First);

    /// <summary>For example <c>2026-10</c>.</summary>
    public override string ToString() => First.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A20[0-9]{2}-(?:0[1-9]|1[0-2])\z", RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
