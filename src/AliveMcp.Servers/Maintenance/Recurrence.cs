using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Maintenance;

/// <summary>
/// On which days something comes again: the part of RFC 5545 (section 3.3.10) that maintenance needs. <c>FREQ</c> is DAILY, WEEKLY or MONTHLY,
/// with INTERVAL, BYDAY, BYMONTHDAY, and COUNT or UNTIL. Pure; days are those of the window's own zone.
/// </summary>
public sealed record Recurrence
{
    private const int MostCount = 1_000;
    private const int MostInterval = 366;

    private static readonly string[] DayWords = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    private Recurrence() { }

    private string Frequency { get; init; } = "";

    private int Interval { get; init; } = 1;

    private IReadOnlyList<(int Ordinal, DayOfWeek Day)> Days { get; init; } = [];

    private IReadOnlyList<int> MonthDays { get; init; } = [];

    private int? Count { get; init; }

    private DateOnly? Until { get; init; }

    /// <summary>Reads a rule; what is wrong with it is told as a clause.</summary>
    /// <param name="text">For example <c>FREQ=WEEKLY;BYDAY=SU</c>.</param>
    /// <param name="why">Why it is none.</param>
    /// <returns>Null when it is none that we keep to.</returns>
    public static Recurrence? Read(string text, out string why)
    {
        var rule = new Recurrence();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in text.Split(';'))
        {
            var (name, value) = part.Split('=', 2) is [var key, var given] ? (key, given) : (part, "");
            if (!seen.Add(name) || rule.With(name, value) is not { } next)
            {
                why = $"'{SafeText.Of(part, 60)}' is not taken; for example FREQ=WEEKLY;BYDAY=SU";
                return null;
            }

            rule = next;
        }

        why = rule.WhyNot();
        return why.Length == 0 ? rule : null;
    }

    /// <summary>The last day on which it comes; null: it does not end.</summary>
    public DateOnly? LastDay(DateOnly first)
    {
        if (Count is not { } count)
        {
            return Until;
        }

        // The rarest rule that there is comes once in ten years.
        var day = first;
        for (var left = count; left > 0 && day.DayNumber - first.DayNumber < 366 * 100; day = day.AddDays(1))
        {
            left -= IsOn(first, day) ? 1 : 0;
            if (left == 0)
            {
                return day;
            }
        }

        return day;
    }

    /// <summary>Whether it comes on a day, its end aside.</summary>
    public bool IsOn(DateOnly first, DateOnly day) =>
        day >= first
        && Frequency switch
        {
            "DAILY" => (day.DayNumber - first.DayNumber) % Interval == 0 && HasDay(day) && HasMonthDay(day),
            "WEEKLY" => (Week(day) - Week(first)) % Interval == 0
                && (Days.Count == 0 ? day.DayOfWeek == first.DayOfWeek : HasDay(day)),
            _ => ((((day.Year - first.Year) * 12) + day.Month - first.Month) % Interval) == 0
                && (Days.Count + MonthDays.Count == 0 ? day.Day == first.Day : HasDay(day) && HasMonthDay(day)),
        };

    // Weeks begin on Monday, as they do unless WKST says otherwise; day 0 was a Monday.
    private static int Week(DateOnly day) => day.DayNumber / 7;

    private bool HasDay(DateOnly day) =>
        Days.Count == 0
        || Days.Any(one =>
            one.Day == day.DayOfWeek
            && (
                one.Ordinal == 0
                || one.Ordinal == ((day.Day - 1) / 7) + 1
                || one.Ordinal == -(((DateTime.DaysInMonth(day.Year, day.Month) - day.Day) / 7) + 1)
            )
        );

    private bool HasMonthDay(DateOnly day) =>
        MonthDays.Count == 0
        || MonthDays.Contains(day.Day)
        || MonthDays.Contains(day.Day - DateTime.DaysInMonth(day.Year, day.Month) - 1);

    private Recurrence? With(string name, string value) =>
        name switch
        {
            "FREQ" when value is "DAILY" or "WEEKLY" or "MONTHLY" => this with { Frequency = value },
            "INTERVAL" when Number(value, MostInterval) is { } every => this with { Interval = every },
            "COUNT" when Number(value, MostCount) is { } count => this with { Count = count },
            "UNTIL" when ReadUntil(value) is { } until => this with { Until = until },
            "BYDAY" when value.Split(',').Select(ReadDay).ToList() is var days && days.All(day => day is not null) =>
                this with
                {
                    Days = [.. days.Select(day => day!.Value)],
                },
            "BYMONTHDAY"
                when value.Split(',').Select(ReadMonthDay).ToList() is var days && days.All(day => day is not null) =>
                this with
                {
                    MonthDays = [.. days.Select(day => day!.Value)],
                },
            _ => null,
        };

    private string WhyNot() =>
        Frequency.Length == 0 ? "has no FREQ; for example FREQ=WEEKLY;BYDAY=SU"
        : Count is not null && Until is not null ? "has COUNT and UNTIL; write one of them"
        : Frequency != "MONTHLY" && Days.Any(day => day.Ordinal != 0)
            ? "numbers its days, which FREQ=MONTHLY alone can, for example BYDAY=1SU"
        : Frequency == "WEEKLY" && MonthDays.Count > 0 ? "has BYMONTHDAY, which FREQ=WEEKLY does not take"
        : "";

    private static int? Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1
        && number <= most
            ? number
            : null;

    private static (int Ordinal, DayOfWeek Day)? ReadDay(string text)
    {
        var day = text.Length < 2 ? -1 : Array.IndexOf(DayWords, text[^2..]);
        if (day < 0 || text.Length == 2)
        {
            return day < 0 ? null : (0, (DayOfWeek)day);
        }

        return
            int.TryParse(text[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ordinal)
            && ordinal is (>= 1 and <= 5) or (>= -5 and <= -1)
            ? (ordinal, (DayOfWeek)day)
            : null;
    }

    private static int? ReadMonthDay(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var day)
        && day is (>= 1 and <= 31) or (>= -31 and <= -1)
            ? day
            : null;

    private static DateOnly? ReadUntil(string text) =>
        DateOnly.TryParseExact(
            text.Length > 8 && text[8] == 'T' ? text[..8] : text,
            "yyyyMMdd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;
}
