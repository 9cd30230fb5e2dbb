using AliveMcp.Archive.Hours;

namespace AliveMcp.Archive.Rollups;

/// <summary>A row as it is stored: packed, and found to unpack to what went in.</summary>
/// <param name="Rollup">What it says.</param>
/// <param name="Latency">Its sketch, packed.</param>
/// <param name="Own">What only this grain keeps, in the order of <see cref="GrainTable.Own"/>.</param>
internal sealed record PackedRollup(Rollup Rollup, byte[] Latency, IReadOnlyList<byte[]> Own)
{
    /// <exception cref="FormatException">The sketch does not unpack to what went in.</exception>
    public static PackedRollup Of(Rollup rollup, params IReadOnlyList<byte[]> own)
    {
        var latency = rollup.Latency.Pack();
        return LatencySketch.Unpack(latency).Equals(rollup.Latency)
            ? new PackedRollup(rollup, latency, own)
            : throw new FormatException("The packed latencies do not unpack to what went in.");
    }
}
