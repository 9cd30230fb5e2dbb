namespace AliveMcp.Vocabulary.Handover;

/// <summary>
/// Names of regions, packed: those that many installs use in one byte, every other one spelt out. Places in this list are stored and never
/// change; names are added at its end. Which regions there are is configuration all the same.
/// </summary>
public static class RegionNames
{
    /// <summary>Above every length that a name may have.</summary>
    private const int FirstPlace = 64;

    private static readonly string[] Known =
    [
        "local",
        "us-east",
        "us-west",
        "us-central",
        "eu-west",
        "eu-central",
        "eu-north",
        "ap-south",
        "ap-southeast",
        "ap-northeast",
        "sa-east",
        "af-south",
        "ca-central",
        "me-central",
        "au-east",
        "in-west",
    ];

    private static readonly Region[] Regions = [.. Known.Select(Region.Of)];

    public static void Write(PackedWriter writer, Region region)
    {
        var place = Array.IndexOf(Known, region.Name);
        if (place >= 0)
        {
            writer.Byte((byte)(FirstPlace + place));
        }
        else
        {
            writer.Name(region.Name);
        }
    }

    /// <exception cref="FormatException">The bytes are not a region's name.</exception>
    public static Region Read(ref PackedReader reader)
    {
        var first = reader.Byte();
        if (first < FirstPlace)
        {
            return PlanCodec.Known(reader.Bytes(first));
        }

        return first - FirstPlace < Regions.Length
            ? Regions[first - FirstPlace]
            : throw new FormatException("A packed name of a region is not known to this program.");
    }
}
