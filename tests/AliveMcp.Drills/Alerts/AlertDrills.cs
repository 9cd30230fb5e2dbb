using System.Globalization;

namespace AliveMcp.Drills.Alerts;

/// <summary>The drills of alerts, by name.</summary>
internal static class AlertDrills
{
    private const int Tenants = 300;
    private const int Seconds = 600;
    private const int Incidents = 1_000;

    /// <param name="words">The name and, if wanted, how much of it.</param>
    /// <param name="output">Where it tells.</param>
    public static Task<int> RunAsync(string[] words, TextWriter output)
    {
        int? wanted = words.Length > 1 ? int.Parse(words[1], CultureInfo.InvariantCulture) : null;
        return words[0] switch
        {
            "alert-storm" => AlertStormDrill.RunAsync(wanted ?? Tenants, output),
            "alert-crash" => AlertCrashDrill.RunAsync(TimeSpan.FromSeconds(wanted ?? Seconds), output),
            _ => AlertLatencyDrill.RunAsync(wanted ?? Incidents, output),
        };
    }
}
