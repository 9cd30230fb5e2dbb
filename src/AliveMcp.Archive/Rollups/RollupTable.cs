using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Rollups;

/// <summary>Takes dirty ones and writes rows, of any grain.</summary>
internal static class RollupTable
{
    public static async Task<IReadOnlyList<Dirty>> TakeAsync(
        NpgsqlTransaction transaction,
        GrainTable table,
        int most,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.Connection!.QueryAsync<Dirty>(
            new CommandDefinition(table.Take, new { most }, transaction, cancellationToken: cancellationToken)
        );
        return rows.AsList();
    }

    public static async Task<IReadOnlyDictionary<Dirty, int>> HeldAsync(
        NpgsqlTransaction transaction,
        GrainTable table,
        IReadOnlyList<Dirty> dirty,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.Connection!.QueryAsync<(int Server, int At, int Parts)>(
            new CommandDefinition(table.Held, Keys(dirty), transaction, cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => new Dirty(row.At, row.Server), row => row.Parts);
    }

    public static Task StoreAsync(
        NpgsqlTransaction transaction,
        GrainTable table,
        IReadOnlyList<PackedRollup> rows,
        CancellationToken cancellationToken
    )
    {
        var values = new DynamicParameters();
        Add("servers", rollup => rollup.Server.Server.Value);
        Add("ats", rollup => rollup.At);
        Add("tenants", rollup => rollup.Server.Tenant.Value);
        Add("retentions", rollup => (int)rollup.Retention);
        Add("parts", rollup => rollup.Parts);
        Add("live", rollup => rollup.Weights.Live);
        Add("degraded", rollup => rollup.Weights.Degraded);
        Add("down", rollup => rollup.Weights.Down);
        Add("unknown", rollup => rollup.Weights.Unknown);
        Add("maintenance", rollup => rollup.Weights.Maintenance);
        Add("tries", rollup => rollup.Tries);
        Add("failed_tries", rollup => rollup.FailedTries);
        values.Add("latency", rows.Select(row => row.Latency).ToArray());
        for (var place = 0; place < table.Own.Count; place++)
        {
            values.Add(table.Own[place], rows.Select(row => row.Own[place]).ToArray());
        }

        return transaction.Connection!.ExecuteAsync(
            new CommandDefinition(table.Store, values, transaction, cancellationToken: cancellationToken)
        );

        void Add(string name, Func<Rollup, int> value) =>
            values.Add(name, rows.Select(row => value(row.Rollup)).ToArray());
    }

    /// <summary>Runs a statement of the grain that is about dirty ones.</summary>
    public static Task RunAsync(
        NpgsqlTransaction transaction,
        string sql,
        IReadOnlyList<Dirty> dirty,
        CancellationToken cancellationToken
    ) =>
        dirty.Count == 0
            ? Task.CompletedTask
            : transaction.Connection!.ExecuteAsync(
                new CommandDefinition(sql, Keys(dirty), transaction, cancellationToken: cancellationToken)
            );

    private static object Keys(IReadOnlyList<Dirty> dirty) =>
        new { servers = dirty.Select(one => one.Server).ToArray(), ats = dirty.Select(one => one.At).ToArray() };
}
