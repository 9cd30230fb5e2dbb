namespace AliveMcp.Servers.Alerts;

/// <summary>What alert settings mean, in words. Pure.</summary>
public static class AlertConsequence
{
    /// <summary>For example <c>You hear of an outage after 40-100 s, and that it is over after 2 good minutes.</c></summary>
    /// <param name="settings">What the owner chose.</param>
    /// <param name="cadence">Minutes between two looks.</param>
    public static string Of(AlertSettings settings, int cadence)
    {
        var heard = settings.Confirm is { } bad
            ? After(bad, cadence)
            : $"{After(2, cadence)}, from one region alone after {After(3, cadence)}";
        var recover = (settings.Recover ?? 2) * cadence;
        var minutes = recover == 1 ? "1 good minute" : Inv($"{recover} good minutes");
        return settings.Off.Contains("outage", StringComparer.Ordinal)
            ? "You do not hear of outages."
            : $"You hear of an outage after {heard}, and that it is over after {minutes}.";
    }

    /// <summary>The first bad look comes up to a cadence after the outage began, and each further one a cadence later; each minute is sealed before it ends.</summary>
    private static string After(int bad, int cadence)
    {
        var (least, most) = (Math.Max(5, ((bad - 1) * cadence * 60) - 20), (bad * cadence * 60) - 20);
        return most <= 300 ? Inv($"{least}-{most} s") : Inv($"{(least + 59) / 60}-{(most + 59) / 60} min");
    }

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
