using AliveMcp.Testing.Minutes;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using StackExchange.Redis;

namespace AliveMcp.Collector.Tests.Minutes;

/// <summary>Reads what readers read, again and again, and remembers it: an answer that was seen once may never change, and nothing goes back.</summary>
internal sealed class MinuteReader(IDatabase database, ServerId server, IReadOnlyList<MinutePlan> plans)
{
    private readonly Dictionary<MinuteStamp, string> _seen = [];
    private readonly Dictionary<MinuteStamp, double> _places = [];
    private int _newest = -1;
    private int _known = -1;

    public async Task ReadAsync()
    {
        var hot = await database.HashGetAsync(HandoverKeys.Hot(server), ["a", "am", "k", "km"]);
        _newest = See(hot[0], hot[1], _newest);
        _known = See(hot[2], hot[3], _known);
        foreach (var plan in plans)
        {
            var packed = await database.HashGetAsync(HandoverKeys.Minute(server, plan.Minute), "sealed");
            var place = await SealedLog.PlaceAsync(database, server, plan.Minute);
            if (!packed.IsNull)
            {
                See(packed, plan.Minute.Value, -1);
                Assert.Equal(_places.GetValueOrDefault(plan.Minute, place!.Value), place!.Value);
                _places[plan.Minute] = place.Value;
            }
        }
    }

    /// <returns>The verdict that was read of a minute.</returns>
    public VerdictMinute Of(MinutePlan plan) => VerdictCodec.Unpack(Convert.FromHexString(_seen[plan.Minute]));

    private int See(RedisValue packed, RedisValue stamp, int before)
    {
        if (packed.IsNull)
        {
            Assert.Equal(-1, before);
            return before;
        }

        var minute = new MinuteStamp((int)stamp);
        Assert.True(minute.Value >= before);
        var bytes = Convert.ToHexString((byte[])packed!);
        Assert.Equal(_seen.GetValueOrDefault(minute, bytes), bytes);
        _seen[minute] = bytes;
        return minute.Value;
    }
}
