using AliveMcp.Tenancy.Tenants;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Budgets;

/// <summary>Reads and writes what tenants have spent, in the transaction of their deliveries.</summary>
internal sealed class BudgetReader(TenantPlans plans, TimeProvider clock)
{
    /// <summary>A plan bought counts within this time.</summary>
    private static readonly TimeSpan PlansGoodFor = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    private IReadOnlyDictionary<int, int?> _perHour = new Dictionary<int, int?>();
    private DateTimeOffset _read = DateTimeOffset.MinValue;

    /// <summary>Reads all plans again when it is time to; before any lock is taken.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - _read >= PlansGoodFor || now < _read)
        {
            var all = await plans.OfAllAsync(cancellationToken);
            _perHour = all.ToDictionary(plan => plan.Key.Value, plan => plan.Value.AlertsPerHour);
            _read = now;
        }
    }

    public async Task<BudgetBook> ReadAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyCollection<int> tenants,
        CancellationToken cancellationToken
    )
    {
        var book = new BudgetBook(AlertBudget.HourOf(clock.GetUtcNow())) { PerHour = _perHour };
        var rows = await connection.QueryAsync<SpentShare>(
            new CommandDefinition(
                """
                SELECT tenant_id AS TenantId, severity AS Severity, counted AS Counted FROM alerting.budget
                WHERE hour = @Hour AND tenant_id = ANY (@tenants)
                """,
                new { book.Hour, tenants = tenants.ToArray() },
                transaction,
                cancellationToken: cancellationToken
            )
        );
        foreach (var row in rows)
        {
            book.Load(row);
        }

        return book;
    }

    public static async Task WriteAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        BudgetBook book,
        CancellationToken cancellationToken
    )
    {
        var changed = book.Changed.ToList();
        if (changed.Count == 0)
        {
            return;
        }

        var values = new
        {
            book.Hour,
            old = book.Hour - Kept,
            tenants = changed.Select(row => row.TenantId).ToArray(),
            severities = changed.Select(row => row.Severity).ToArray(),
            counts = changed.Select(row => row.Counted).ToArray(),
        };
        await connection.ExecuteAsync(
            new CommandDefinition(
                """
                DELETE FROM alerting.budget WHERE tenant_id = ANY (@tenants) AND hour < @old;
                INSERT INTO alerting.budget (tenant_id, hour, severity, counted)
                SELECT tenant_id, @Hour, severity, counted FROM unnest(@tenants, @severities, @counts) AS spent (tenant_id, severity, counted)
                ON CONFLICT (tenant_id, hour, severity) DO UPDATE SET counted = excluded.counted
                """,
                values,
                transaction,
                cancellationToken: cancellationToken
            )
        );
    }
}
