using AliveMcp.Archive.Rollups;
using AliveMcp.Vocabulary.Handover;
using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Hours;

/// <summary>Closed hours, which are computed from hot minutes.</summary>
internal sealed class HourGrain() : Grain(HourTable)
{
    /// <summary>An hour is read as a stretch of servers when at least one of so many is wanted; else minute by minute.</summary>
    private const int Sparse = 4;

    public static GrainTable HourTable { get; } =
        new()
        {
            Word = "hour",
            Parts = "minutes",
            Newest = "closed_hour",
            MakePartition = "archive.make_hour_month",
            Larger = ("day", "hour / 24"),
            Own = ["packed", "regions"],
        };

    /// <summary>The one there is.</summary>
    public static HourGrain Hours { get; } = new();

    public override async Task<IReadOnlyDictionary<Dirty, DirtyParts>> ReadAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<Dirty> dirty,
        CancellationToken cancellationToken
    )
    {
        var parts = new Dictionary<Dirty, DirtyParts>(dirty.Count);
        foreach (var hour in dirty.GroupBy(one => one.At))
        {
            foreach (
                var group in await MinutesAsync(
                    transaction,
                    hour.Key,
                    [.. hour.Select(one => one.Server)],
                    cancellationToken
                )
            )
            {
                IReadOnlyList<byte[]> minutes = [.. group];
                parts.Add(
                    new Dirty(hour.Key, group.Key),
                    new DirtyParts(
                        minutes.Count,
                        () => HourRow.Of(minutes.Select(packed => VerdictCodec.Unpack(packed))).Pack()
                    )
                );
            }
        }

        return parts;
    }

    /// <summary>
    /// The hot minutes of servers in one hour, packed as they were sealed. When an hour closes nearly every server of a stretch is wanted,
    /// and sixty ranges of the key hold them all; of single servers that are late each minute is looked up by its key.
    /// </summary>
    private static async Task<ILookup<int, byte[]>> MinutesAsync(
        NpgsqlTransaction transaction,
        int hour,
        int[] servers,
        CancellationToken cancellationToken
    )
    {
        const string stretch = """
            SELECT server_id AS Server, packed AS Packed
            FROM generate_series(@first, @first + 59) AS place
            CROSS JOIN LATERAL (
                SELECT server_id, packed FROM archive.verdict_minute
                WHERE minute = place AND server_id BETWEEN @lowest AND @highest) AS v
            """;
        const string single = """
            SELECT v.server_id AS Server, v.packed AS Packed
            FROM unnest(@servers) AS dirty (server_id)
            CROSS JOIN generate_series(@first, @first + 59) AS place
            JOIN archive.verdict_minute AS v ON v.minute = place AND v.server_id = dirty.server_id
            """;
        var (lowest, highest) = (servers.Min(), servers.Max());
        var sql = highest - lowest < servers.Length * Sparse ? stretch : single;
        var rows = await transaction.Connection!.QueryAsync<(int Server, byte[] Packed)>(
            new CommandDefinition(
                sql,
                new
                {
                    first = hour * 60,
                    servers,
                    lowest,
                    highest,
                },
                transaction,
                cancellationToken: cancellationToken
            )
        );
        return rows.ToLookup(row => row.Server, row => row.Packed);
    }
}
