using System.Globalization;

namespace AliveMcp.Cli.Probe;

/// <summary>Times and sizes as people read them.</summary>
internal static class Durations
{
    /// <inheritdoc cref="Show(int)"/>
    public static string Show(TimeSpan took) => Show((int)Math.Clamp(took.TotalMicroseconds, 1, int.MaxValue));

    /// <summary>Microseconds as <c>0.42 ms</c>, <c>12.3 ms</c>, <c>123 ms</c> or <c>2.81 s</c>.</summary>
    public static string Show(int microseconds) =>
        microseconds switch
        {
            < 10_000 => Format(microseconds / 1e3, "0.00", "ms"),
            < 100_000 => Format(microseconds / 1e3, "0.0", "ms"),
            < 1_000_000 => Format(microseconds / 1e3, "0", "ms"),
            _ => Format(microseconds / 1e6, "0.00", "s"),
        };

    /// <summary>Bytes as <c>812 B</c>, <c>1.2 kB</c> or <c>3.4 MB</c>.</summary>
    public static string ShowBytes(long bytes) =>
        bytes switch
        {
            < 1_000 => Format(bytes, "0", "B"),
            < 1_000_000 => Format(bytes / 1e3, "0.0", "kB"),
            _ => Format(bytes / 1e6, "0.0", "MB"),
        };

    private static string Format(double value, string format, string unit) =>
        $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}";
}
