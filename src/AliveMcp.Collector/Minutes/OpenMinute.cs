using System.Globalization;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using StackExchange.Redis;

namespace AliveMcp.Collector.Minutes;

/// <summary>An open minute as a script gave it: the plan and what has been said so far, in the plan's order, silent regions left out.</summary>
internal sealed record OpenMinute(MinutePlan Plan, IReadOnlyList<RegionEntry> Entries)
{
    /// <summary>Reads an answer whose place 1 is the packed plan and whose following places are the regions' entries, empty when silent.</summary>
    /// <exception cref="FormatException">The bytes are not what this program writes.</exception>
    public static OpenMinute Read(RedisResult[] answer)
    {
        var plan = PlanCodec.Unpack((byte[])answer[1]!);
        return Read(plan, [.. answer.Skip(2).Select(entry => (byte[]?)entry)]);
    }

    /// <summary>Reads the fields <c>0</c>, <c>1</c>, … of a minute's hash.</summary>
    /// <exception cref="FormatException">The bytes are not what this program writes.</exception>
    public static OpenMinute Read(MinutePlan plan, IReadOnlyDictionary<string, byte[]> fields) =>
        Read(
            plan,
            [
                .. Enumerable
                    .Range(0, plan.Regions.Count)
                    .Select(place => fields.GetValueOrDefault(place.ToString(CultureInfo.InvariantCulture))),
            ]
        );

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
