using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Looks;

/// <summary>The ways in which this slice says no.</summary>
internal static class LookProblems
{
    public static Problem NoServer(string slug) =>
        new("server_not_found", $"There is no server '{SafeText.Of(slug, 80)}' that you may look at.", "slug");

    public static Problem NoLook { get; } =
        new(
            "look_not_found",
            "There is no such look: it was not asked for by you, or it is more than five minutes old.",
            "id"
        );

    public static Problem Paused(string slug) =>
        new(
            "server_paused",
            $"'{SafeText.Of(slug, 80)}' is paused, so that nobody looks at it. Resume it first.",
            "slug"
        );

    public static Problem AskedToWait(string slug, DateTimeOffset until) =>
        new(
            "server_asked_to_wait",
            FormattableString.Invariant(
                $"'{SafeText.Of(slug, 80)}' asked us to stay away until {until.UtcDateTime:HH:mm:ss}Z (Retry-After). It is looked at again then."
            ),
            "slug"
        );

    public static Problem TooSoon(string slug, TimeSpan left) =>
        new(
            "look_too_soon",
            $"'{SafeText.Of(slug, 80)}' was looked at just now because somebody asked. Ask again in {Seconds(left)} s.",
            "slug"
        );

    public static Problem TooMany(int most, TimeSpan left) =>
        new("looks_too_many", $"{most} looks were asked for within a minute. Ask again in {Seconds(left)} s.");

    public static Problem NoRegion(string region, IEnumerable<Region> there) =>
        new(
            "region_not_found",
            $"It is not looked at from '{SafeText.Of(region, 40)}'. There are: {string.Join(", ", there)}.",
            "region"
        );

    public static Problem NoProber { get; } =
        new("prober_unavailable", "No prober that may look at it has asked for work within the last minute.");

    public static Problem Crowded(Region region) =>
        new("look_unavailable", $"Too many looks wait in {region} already. Ask again in a few seconds.", "region");

    private static int Seconds(TimeSpan left) => Math.Max(1, (int)Math.Ceiling(left.TotalSeconds));
}
