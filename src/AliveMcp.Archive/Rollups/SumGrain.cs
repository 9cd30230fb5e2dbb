using AliveMcp.Archive.Hours;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Rollups;

/// <summary>Days, which are sums of closed hours, and months, which are sums of closed days.</summary>
internal sealed class SumGrain : Grain
{
    private readonly GrainTable _parts;
    private readonly Func<int, (int First, int Last)> _range;

    private SumGrain(GrainTable table, GrainTable parts, Func<int, (int First, int Last)> range)
        : base(table)
    {
        _parts = parts;
        _range = range;
    }

    /// <summary>UTC days.</summary>
    public static SumGrain Days { get; } =
        new(
            new GrainTable
            {
                Word = "day",
                Parts = "hours",
                Newest = "(packed_hour + 1) / 24 - 1",
                MakePartition = "archive.make_day_year",
                Larger = ("month", "archive.month_of(day)"),
            },
            HourGrain.HourTable,
            day => (day * 24, (day * 24) + 23)
        );

    /// <summary>UTC calendar months, counted from January 1970.</summary>
    public static SumGrain Months { get; } =
        new(
            new GrainTable
            {
                Word = "month",
                Parts = "days",
                Newest = "archive.month_of(packed_day + 1) - 1",
                MakePartition = "archive.make_month_year",
            },
            Days.Table,
            month => (MonthClock.FirstDay(month), MonthClock.FirstDay(month + 1) - 1)
        );

    public override async Task<IReadOnlyDictionary<Dirty, DirtyParts>> ReadAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<Dirty> dirty,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            SELECT dirty.at AS Whole, part.server_id AS Server, part.{_parts.Word} AS At, part.tenant_id AS Tenant,
                part.retention AS Retention, part.{_parts.Parts}::integer AS Parts, part.live::integer AS Live,
                part.degraded::integer AS Degraded, part.down::integer AS Down, part.unknown::integer AS Unknown,
                part.maintenance::integer AS Maintenance, part.tries AS Tries, part.failed_tries AS FailedTries, part.latency AS Latency
            FROM unnest(@ats, @servers, @firsts, @lasts) AS dirty (at, server_id, first, last)
            JOIN archive.verdict_{_parts.Word} AS part
                ON part.server_id = dirty.server_id AND part.{_parts.Word} BETWEEN dirty.first AND dirty.last
            """;
        var values = new
        {
            ats = dirty.Select(one => one.At).ToArray(),
            servers = dirty.Select(one => one.Server).ToArray(),
            firsts = dirty.Select(one => _range(one.At).First).ToArray(),
            lasts = dirty.Select(one => _range(one.At).Last).ToArray(),
        };
        var rows = await transaction.Connection!.QueryAsync<Part>(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
        return rows.GroupBy(row => new Dirty(row.Whole, row.Server))
            .ToDictionary(
                group => group.Key,
                group => new DirtyParts(
                    group.Count(),
                    () => PackedRollup.Of(Rollup.Sum(group.Key.At, [.. group.Select(part => part.Rollup)]))
                )
            );
    }

    private sealed record Part(
        int Whole,
        int Server,
        int At,
        int Tenant,
        short Retention,
        int Parts,
        int Live,
        int Degraded,
        int Down,
        int Unknown,
        int Maintenance,
        int Tries,
        int FailedTries,
        byte[] Latency
    )
    {
        public Rollup Rollup =>
            new()
            {
                Server = new ServerKey(new TenantId(Tenant), new ServerId(Server)),
                At = At,
                Retention = (RetentionClass)Retention,
                Parts = Parts,
                Weights = new StateWeights(Live, Degraded, Down, Unknown, Maintenance),
                Tries = Tries,
                FailedTries = FailedTries,
                Latency = LatencySketch.Unpack(Latency),
            };
    }
}
