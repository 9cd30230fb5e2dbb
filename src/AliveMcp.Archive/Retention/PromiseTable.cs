using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Retention;

/// <summary>Table <c>archive.promise</c>: what tenants were promised of their history.</summary>
internal static class PromiseTable
{
    public static async Task<IReadOnlyDictionary<TenantId, HistoryPromise>> ReadAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var rows = await connection.QueryAsync<(int Tenant, string Plan, short Minutes, int Days)>(
            new CommandDefinition(
                "SELECT tenant_id, plan, minute_class, day_history FROM archive.promise",
                cancellationToken: cancellationToken
            )
        );
        return rows.ToDictionary(
            row => new TenantId(row.Tenant),
            row => new HistoryPromise(new TenantId(row.Tenant), row.Plan, (RetentionClass)row.Minutes, row.Days)
        );
    }

    /// <summary>Writes promises down, over what stood there.</summary>
    public static Task GrantAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<HistoryPromise> promises,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            INSERT INTO archive.promise (tenant_id, plan, minute_class, day_history, granted_at)
            SELECT given.tenant_id, given.plan, given.minute_class, given.day_history, @now
            FROM unnest(@tenants, @plans, @classes, @days) AS given (tenant_id, plan, minute_class, day_history)
            WHERE NOT EXISTS (SELECT FROM erasure.tenant_tombstone AS gone WHERE gone.tenant_id = given.tenant_id)
            ON CONFLICT (tenant_id) DO UPDATE SET plan = excluded.plan, minute_class = excluded.minute_class,
                day_history = excluded.day_history, granted_at = excluded.granted_at
            """;
        var values = new
        {
            tenants = promises.Select(promise => promise.Tenant.Value).ToArray(),
            plans = promises.Select(promise => promise.Plan).ToArray(),
            classes = promises.Select(promise => (short)promise.Minutes).ToArray(),
            days = promises.Select(promise => promise.Days).ToArray(),
            now,
        };
        return connection.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: cancellationToken));
    }
}
