using AliveMcp.Archive.Hours;
using AliveMcp.Archive.Rollups;

namespace AliveMcp.Testing.History;

/// <summary>What a row of <c>archive.verdict_hour</c> says, whosever it is.</summary>
internal sealed record HourColumns(
    int Minutes,
    StateWeights Weights,
    int Tries,
    int FailedTries,
    byte[] Packed,
    byte[] Latency,
    byte[] Regions,
    byte[] Marks
)
{
    public static HourColumns Of(HourRow row) =>
        new(
            row.Minutes.Count,
            row.Weights,
            row.Tries,
            row.FailedTries,
            KeptMinutes.Pack(row.Minutes),
            row.Latency.Pack(),
            RegionHour.Pack(row.Regions),
            ContractMarks.Pack(row.Marks)
        );
}
