using System.Globalization;
using System.Text;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using StackExchange.Redis;

namespace AliveMcp.Collector.Minutes;

/// <summary>An open minute as a script gave it: the plan and what has been said so far, in the plan's order, silent regions left out.</summary>
internal sealed record OpenMinute(MinutePlan Plan, IReadOnlyList<RegionEntry> Entries)
{
    /// <summary>Every planned region has spoken.</summary>
    public bool IsComplete => Entries.Count == Plan.Regions.Count;

    /// <summary>Reads an answer whose places 1 and 2 are the plan and whose following places are the regions' entries, empty when silent.</summary>
    /// <exception cref="FormatException">The bytes are not what this program writes.</exception>
    public static OpenMinute Read(RedisResult[] answer) => Read(answer.AsSpan(1));

    /// <summary>Reads region names, packed plan and the regions' entries, empty when silent.</summary>
    /// <exception cref="FormatException">The bytes are not what this program writes.</exception>
    public static OpenMinute Read(ReadOnlySpan<RedisResult> fields)
    {
        var plan = PlanCodec.Unpack((string)fields[0]!, (byte[])fields[1]!);
        var packed = new byte[]?[fields.Length - 2];
        for (var place = 0; place < packed.Length; place++)
        {
            packed[place] = (byte[]?)fields[place + 2];
        }

        return Read(plan, packed);
    }

    /// <summary>Reads a minute's hash.</summary>
    /// <returns>Null when there is none or it is sealed.</returns>
    /// <exception cref="FormatException">The bytes are not what this program writes.</exception>
    public static OpenMinute? Read(HashEntry[] fields)
    {
        var byName = fields.ToDictionary(
            field => (string)field.Name!,
            field => (byte[])field.Value!,
            StringComparer.Ordinal
        );
        if (!byName.TryGetValue("p", out var packed) || !byName.TryGetValue("r", out var regions))
        {
            return null;
        }

        var plan = PlanCodec.Unpack(Encoding.ASCII.GetString(regions), packed);
        var places = Enumerable
            .Range(0, plan.Regions.Count)
            .Select(place => place.ToString(CultureInfo.InvariantCulture));
        return Read(plan, [.. places.Select(byName.GetValueOrDefault)]);
    }

    private static OpenMinute Read(MinutePlan plan, IReadOnlyList<byte[]?> packed)
    {
        var entries = new List<RegionEntry>(packed.Count);
        for (var place = 0; place < Math.Min(packed.Count, plan.Regions.Count); place++)
        {
            if (packed[place] is { Length: > 0 } bytes)
            {
                entries.Add(EntryCodec.Unpack(bytes, plan.Regions[place]));
            }
        }

        return new OpenMinute(plan, entries);
    }
}
