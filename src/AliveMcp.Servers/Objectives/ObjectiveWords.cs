namespace AliveMcp.Servers.Objectives;

/// <summary>How windows are spelled, in the file and in the API.</summary>
public static class ObjectiveWords
{
    internal static IReadOnlyDictionary<string, ObjectiveWindow> Windows { get; } =
        new Dictionary<string, ObjectiveWindow>(StringComparer.Ordinal)
        {
            ["30d"] = ObjectiveWindow.Rolling30Days,
            ["month"] = ObjectiveWindow.CalendarMonth,
        };

    /// <summary><c>30d</c> or <c>month</c>.</summary>
    public static string Word(ObjectiveWindow window) => window == ObjectiveWindow.CalendarMonth ? "month" : "30d";
}
