using System.Globalization;

namespace AliveMcp.Bench.Soak;

/// <summary>How long a soak goes on: until so many probes were made, or the time is up.</summary>
internal sealed record SoakOptions
{
    public int Probes { get; init; } = 20_000;

    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Null when the arguments cannot be read.</summary>
    public static SoakOptions? Read(ReadOnlySpan<string> arguments) =>
        arguments switch
        {
            [] => new SoakOptions(),
            ["--probes", var text, .. var rest] when Read(rest) is { } options && IsCount(text, out var count) =>
                options with
                {
                    Probes = count,
                },
            ["--minutes", var text, .. var rest] when Read(rest) is { } options && IsCount(text, out var count) =>
                options with
                {
                    Time = TimeSpan.FromMinutes(count),
                },
            _ => null,
        };

    private static bool IsCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;
}
