using System.Globalization;
using AliveMcp.Dashboard.Pages;
using AliveMcp.Servers.Acts;

namespace AliveMcp.Dashboard.Maintenance;

/// <summary>The planned maintenance of a tenant's servers.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Windows">All of them, what comes next first.</param>
/// <param name="Typed">What was typed already, by field.</param>
/// <param name="Now">What is over by now.</param>
public sealed record MaintenanceView(
    Ground Ground,
    IReadOnlyList<PlannedWindow> Windows,
    IReadOnlyDictionary<string, string> Typed,
    DateTimeOffset Now
)
{
    /// <summary>How often a window may come again, and what that is called.</summary>
    public static IReadOnlyList<(string Rule, string Label)> Again { get; } =
    [
        ("", "Once"),
        ("FREQ=DAILY", "Every day"),
        ("FREQ=WEEKLY", "Every week"),
        ("FREQ=WEEKLY;INTERVAL=2", "Every other week"),
        ("FREQ=MONTHLY", "Every month"),
    ];

    /// <summary>For example <c>every week</c>, or the rule itself; null: it does not come again.</summary>
    public static string? Comes(PlannedWindow window) =>
        window.Rrule is not { } rule ? null
        : Again.FirstOrDefault(one => one.Rule == rule).Label is { } label
            ? $"{label.ToLowerInvariant()}, {window.Zone ?? "UTC"}"
        : $"{rule}, {window.Zone ?? "UTC"}";

    /// <summary>Of which servers it is.</summary>
    public static string Whose(PlannedWindow window) =>
        window.Server
        ?? (window.Tags is { Count: > 0 } tags ? $"servers tagged {string.Join(", ", tags)}" : "all servers");

    /// <summary>How it stands now.</summary>
    public string Stands(PlannedWindow window) =>
        window.Rrule is not null ? "comes again"
        : At(window.To) <= Now ? "over"
        : At(window.From) <= Now ? "now"
        : "planned";

    /// <summary>A moment of a window.</summary>
    public static DateTimeOffset At(string moment) =>
        DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
