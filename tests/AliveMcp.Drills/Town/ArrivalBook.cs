using System.Globalization;
using AliveMcp.Collector.Schedule;
using AliveMcp.Vocabulary;

namespace AliveMcp.Drills.Town;

/// <summary>
/// How late probes come, seen by those who are probed: the time of arrival against the server's regular start of the minute, in buckets
/// of 10 ms. Only first tries of healthy servers are looked at: second tries come late by design.
/// </summary>
internal sealed class ArrivalBook(Region region, TimeProvider time)
{
    private const int BucketMs = 10;
    private const int MinuteMs = 60_000;
    private const int MostServers = 200_000;
    private readonly int[] _buckets = new int[MinuteMs / BucketMs];
    private readonly int[] _turns = new int[MostServers];
    private int _doubled;

    public void Note(int server)
    {
        var offset = StartTimes.Offset(new ServerId(server), region).TotalMilliseconds;
        var since = time.GetUtcNow().ToUnixTimeMilliseconds() - offset;
        var late = since % MinuteMs;

        // A clock that is read a little early is not nearly a minute late.
        var milliseconds = late > MinuteMs - 1_000 ? 0 : (int)late;
        Interlocked.Increment(ref _buckets[milliseconds / BucketMs]);
        var turn = (int)((since + 1_000) / MinuteMs);
        if (Interlocked.Exchange(ref _turns[server % MostServers], turn) == turn)
        {
            Interlocked.Increment(ref _doubled);
        }
    }

    public void Clear()
    {
        Array.Clear(_buckets);
        Array.Clear(_turns);
        _doubled = 0;
    }

    /// <summary>Count, milliseconds of the 50th, 99th and 100th percentile, and how many came twice in a turn.</summary>
    public string Tell()
    {
        var all = _buckets.Sum(bucket => (long)bucket);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{all} {At(all / 2)} {At(all * 99 / 100)} {At(all - 1)} {_doubled}"
        );
    }

    private int At(long rank)
    {
        long passed = 0;
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
        {
            passed += _buckets[bucket];
            if (passed > rank)
            {
                return (bucket + 1) * BucketMs;
            }
        }

        return 0;
    }
}
