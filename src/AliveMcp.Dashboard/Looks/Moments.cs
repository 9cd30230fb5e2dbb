using System.Globalization;

namespace AliveMcp.Dashboard.Looks;

/// <summary>How instants are spelled on pages: UTC, to the minute.</summary>
public static class Moments
{
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Minute(DateTimeOffset at) =>
        at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
}
