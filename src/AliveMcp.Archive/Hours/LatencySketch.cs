using System.Buffers;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Archive.Hours;

/// <summary>
/// Latencies counted in 64 fixed buckets, each 15 % wider than the one before: a percentile read from it is off by at most 7 % between
/// 4 ms and 30 s. Sketches are merged by addition, so hours add up to days without looking at minutes again. The bounds are stored and never change.
/// </summary>
internal sealed class LatencySketch : IEquatable<LatencySketch>
{
    private const int Buckets = 64;

    private const double Growth = 1.15;

    /// <summary>Upper bound of the first bucket, µs: what is faster reads as 4 ms.</summary>
    private const double First = 4_600;

    private static readonly int[] Bounds =
    [
        .. Enumerable.Range(0, Buckets).Select(bucket => (int)Math.Round(First * Math.Pow(Growth, bucket))),
    ];

    private readonly long[] _counts = new long[Buckets];

    /// <summary>How many latencies are in it.</summary>
    public long Count => _counts.Sum();

    public void Add(int micros)
    {
        var place = Array.BinarySearch(Bounds, micros);
        _counts[Math.Min(place < 0 ? ~place : place, Buckets - 1)]++;
    }

    public void Add(LatencySketch other)
    {
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            _counts[bucket] += other._counts[bucket];
        }
    }

    /// <summary>They counted the same.</summary>
    public bool Equals(LatencySketch? other) => other is not null && _counts.AsSpan().SequenceEqual(other._counts);

    public override bool Equals(object? obj) => Equals(obj as LatencySketch);

    public override int GetHashCode() => Count.GetHashCode();

    /// <summary>The latency that a share of all stays under, whole milliseconds; null when it is empty.</summary>
    /// <param name="share">Above 0 and up to 1, for example 0.95.</param>
    public int? Percentile(double share)
    {
        var rank = (long)Math.Ceiling(share * Count);
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            rank -= _counts[bucket];
            if (rank <= 0 && _counts[bucket] > 0)
            {
                return KeptMinute.Milliseconds(Middle(bucket));
            }
        }

        return null;
    }

    /// <summary>Bucket and count of those that are not empty.</summary>
    public byte[] Pack()
    {
        var buffer = new ArrayBufferWriter<byte>(32);
        var writer = new PackedWriter(buffer);
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            if (_counts[bucket] > 0)
            {
                writer.Byte((byte)bucket);
                writer.Count(_counts[bucket]);
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not a packed sketch.</exception>
    public static LatencySketch Unpack(ReadOnlySpan<byte> bytes)
    {
        var sketch = new LatencySketch();
        var reader = new PackedReader(bytes);
        while (!reader.AtEnd)
        {
            var bucket = reader.Byte();
            if (bucket >= Buckets)
            {
                throw new FormatException($"A sketch has {Buckets} buckets; {bucket} is none of them.");
            }

            sketch._counts[bucket] = reader.Count();
        }

        return sketch;
    }

    /// <summary>The value whose relative distance to both ends of the bucket is the same.</summary>
    private static int Middle(int bucket) => (int)(2 * Bounds[bucket] / (1 + Growth));
}
