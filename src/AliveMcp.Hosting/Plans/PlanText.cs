using System.Globalization;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;

namespace AliveMcp.Hosting.Plans;

/// <summary>A plan as the file spells it. Counts are a number or the word <c>unlimited</c>.</summary>
internal sealed class PlanText
{
    private static readonly Dictionary<string, RetentionClass> Classes = new(StringComparer.Ordinal)
    {
        ["7d"] = RetentionClass.Days7,
        ["90d"] = RetentionClass.Days90,
        ["13mo"] = RetentionClass.Months13,
        ["25mo"] = RetentionClass.Months25,
    };

    public string? Servers { get; set; }

    public string? Members { get; set; }

    public string? ApiKeys { get; set; }

    public string? Sinks { get; set; }

    public bool EmailSinksOnly { get; set; }

    public string? AlertsPerHour { get; set; }

    public bool PrivateServers { get; set; }

    public int CadenceFloorMinutes { get; set; }

    public string? Regions { get; set; }

    public string? MinuteHistory { get; set; }

    public int DayHistoryDays { get; set; }

    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public Plan ToPlan(string name, List<Problem> problems)
    {
        if (MinuteHistory is null || !Classes.TryGetValue(MinuteHistory, out var history))
        {
            Refuse("minute_history", MinuteHistory, "90d (one of " + string.Join(", ", Classes.Keys) + ")");
            history = default;
        }

        if (CadenceFloorMinutes is < 1 or > 60)
        {
            Refuse(
                "cadence_floor_minutes",
                CadenceFloorMinutes.ToString(CultureInfo.InvariantCulture),
                "1 (from 1 to 60)"
            );
        }

        if (DayHistoryDays < 1)
        {
            Refuse("day_history_days", DayHistoryDays.ToString(CultureInfo.InvariantCulture), "396 (at least 1)");
        }

        return new Plan
        {
            Name = name,
            Servers = Count("servers", Servers),
            Members = Count("members", Members),
            ApiKeys = Count("api_keys", ApiKeys),
            Sinks = Count("sinks", Sinks),
            EmailSinksOnly = EmailSinksOnly,
            AlertsPerHour = Count("alerts_per_hour", AlertsPerHour),
            PrivateServers = PrivateServers,
            CadenceFloor = CadenceFloorMinutes,
            Regions = Count("regions", Regions),
            MinuteHistory = history,
            DayHistory = DayHistoryDays,
        };

        int? Count(string key, string? text)
        {
            if (text == "unlimited")
            {
                return null;
            }

            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
            {
                Refuse(key, text, "3, or unlimited");
            }

            return count;
        }

        void Refuse(string key, string? value, string example) => problems.Add(Fault(name, key, value, example));
    }

    private static Problem Fault(string plan, string key, string? value, string example) =>
        new("plans_invalid", $"plans.yaml: {plan}.{key} is '{value}'; for example {example}.", $"{plan}.{key}");
}
