using System.Globalization;
using System.Net;
using AliveMcp.Vocabulary;

namespace AliveMcp.Host.Embedded;

/// <summary>
/// A region of the embedded start, written <c>name</c> or <c>name:City</c>; several have commas between, for example
/// <c>us-east:Ashburn,eu-west:Dublin</c>.
/// </summary>
/// <param name="Region">Its name.</param>
/// <param name="City">Where it stands for, for people; the name when none was given.</param>
/// <param name="Source">The loopback address that its prober dials loopback from, so that targets can tell regions apart.</param>
internal sealed record EmbeddedRegion(Region Region, string City, IPAddress Source)
{
    private const string Key = "Embedded:Regions";
    private const int LongestCity = 80;

    /// <summary>A minute's plan numbers its regions, and has room for as many.</summary>
    private const int Most = 32;

    /// <summary>Reads the list; every word that is wrong is a problem of its own.</summary>
    public static IReadOnlyList<EmbeddedRegion> ReadAll(string text, List<Problem> problems)
    {
        var before = problems.Count;
        var regions = new List<EmbeddedRegion>();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Read(word, regions.Count, problems) is not { } read)
            {
                continue;
            }

            if (regions.Exists(other => other.Region == read.Region))
            {
                Refuse(problems, $"names the region '{read.Region}' twice; name each once");
            }

            regions.Add(read);
        }

        if (regions.Count == 0 && problems.Count == before)
        {
            Refuse(problems, "names no region; for example local");
        }

        if (regions.Count > Most)
        {
            Refuse(
                problems,
                string.Create(CultureInfo.InvariantCulture, $"names {regions.Count} regions; {Most} are the most")
            );
        }

        return regions;
    }

    private static EmbeddedRegion? Read(string word, int place, List<Problem> problems)
    {
        var parts = word.Split(':', 2, StringSplitOptions.TrimEntries);
        if (!Region.TryParse(parts[0], out var region))
        {
            Refuse(
                problems,
                $"names '{SafeText.Of(parts[0], 60)}': a region is 1 to 32 of a-z, 0-9 and -; for example us-east:Ashburn"
            );
            return null;
        }

        var city = parts.Length == 2 ? parts[1] : region.Name;
        if (city.Length is 0 or > LongestCity || city.EnumerateRunes().Any(SafeText.IsUnsafe))
        {
            Refuse(
                problems,
                $"gives {region} the city '{SafeText.Of(city, LongestCity)}': 1 to {LongestCity} letters to be read by people; for example us-east:Ashburn"
            );
            return null;
        }

        // 127.0.0.1 is where everything of ours listens.
        return new EmbeddedRegion(region, city, new IPAddress([127, 0, 0, (byte)(2 + place)]));
    }

    private static void Refuse(List<Problem> problems, string why) =>
        problems.Add(new Problem("setting_invalid", $"{Key} (ALIVEMCP_REGIONS) {why}.", Key));
}
