using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Fleet;

/// <summary>The named ways in which the register of regions says no.</summary>
internal static class RegionProblems
{
    public static Problem City(string city) =>
        new(
            "region_city_invalid",
            $"The city '{SafeText.Of(city, 100)}' is not 1 to 80 letters to be read by people; for example Ashburn.",
            "city"
        );

    public static Problem Taken(Region region) =>
        new(
            "region_taken",
            $"There is a region '{region}' already; choose another name, or give that one another token.",
            "region"
        );

    public static Problem NotFound(Region region) =>
        new("region_not_found", $"There is no region '{region}'.", "region");
}
