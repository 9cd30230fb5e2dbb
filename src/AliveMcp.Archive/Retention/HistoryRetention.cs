using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;
using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Retention;

/// <summary>
/// Drops closed history that is over, whole partitions at a time, and the little that goes row by row. Looks first and says what it found;
/// what is done is what was said. Drops nothing at all while some tenant's promise would be broken.
/// </summary>
public sealed class HistoryRetention(PostgresDoors doors, PlanTable plans, TimeProvider clock)
{
    /// <summary>What would be done now. Changes nothing.</summary>
    public async Task<RetentionFindings> LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var tenants = await TenantsAsync(connection, cancellationToken);
        var promised = await PromiseTable.ReadAsync(connection, cancellationToken);
        var answer = PromiseRule.Judge(tenants, promised, plans);
        var kept = new KeptDays(plans.All, [.. promised.Values, .. answer.Granted]);
        var partitions = await PartitionTable.ReadAsync(connection, cancellationToken);
        var rows = await RowTable.CountAsync(connection, Ages(tenants, today, now), cancellationToken);
        return new RetentionFindings(answer, RetentionRule.Over(partitions, kept, today), rows, kept, today);
    }

    /// <summary>Does what was found: writes promises down and, unless one would be broken, drops what is over.</summary>
    public async Task<RetentionOutcome> ApplyAsync(RetentionFindings found, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await PromiseTable.GrantAsync(connection, found.Promises.Granted, now, cancellationToken);
        if (found.Promises.Broken.Count > 0)
        {
            return new RetentionOutcome([], [], []);
        }

        var (dropped, held) = (new List<string>(), new List<string>());
        foreach (var partition in found.Over)
        {
            var isDropped = await PartitionTable.TryDropAsync(connection, partition.Name, cancellationToken);
            (isDropped ? dropped : held).Add(partition.Name);
        }

        var tenants = await TenantsAsync(connection, cancellationToken);
        var rows = await RowTable.DeleteAsync(connection, Ages(tenants, found.Today, now), cancellationToken);
        return new RetentionOutcome(dropped, held, rows);
    }

    /// <summary>Writes down what a tenant's plan says today as what it is promised, even if that is less: the tenant, or the law, agreed.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="by">Who says so, for the tenant's audit trail.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when there is no such tenant, or its plan is not in the file.</returns>
    public async Task<bool> ReleaseAsync(TenantId tenant, Actor by, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var tenants = await TenantsAsync(connection, cancellationToken);
        var own = tenants.FirstOrDefault(one => one.Tenant == tenant);
        if (own is null || !plans.TryGet(own.Plan, out var plan))
        {
            return false;
        }

        var promise = new HistoryPromise(tenant, plan.Name, plan.MinuteHistory, plan.DayHistory);
        await PromiseTable.GrantAsync(connection, [promise], clock.GetUtcNow(), cancellationToken);
        var entry = new AuditEntry("history.promise_released", "tenant", tenant.ToString());
        await AuditWriter.WriteActAsync(transaction, tenant, by, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Writes into the operators' audit trail that somebody asks for a round now. The loop's own rounds are told by their outcome.</summary>
    public async Task NoteAskedAsync(Actor by, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var entry = new AuditEntry("history.drop_asked", "install", "history");
        await AuditWriter.WriteActAsync(transaction, AuditWriter.OperatorChain, by, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private RowCuts Ages(IReadOnlyList<TenantOnPlan> tenants, DateOnly today, DateTimeOffset now)
    {
        var known = tenants.Where(tenant => plans.TryGet(tenant.Plan, out _)).ToList();
        return new RowCuts(
            MinuteStamp.Of(now - RowAges.Evidence).Value,
            MinuteStamp.Of(now - RowAges.FailureEvidence).Value,
            now - RowAges.ToldRecords,
            [.. known.Select(tenant => tenant.Tenant.Value)],
            [.. known.Select(tenant => MinuteStamp.Of(RowAges.FirstDrift(plans[tenant.Plan], today)).Value)]
        );
    }

    private static async Task<IReadOnlyList<TenantOnPlan>> TenantsAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var rows = await connection.QueryAsync<(int Tenant, string Slug, string Plan)>(
            new CommandDefinition(
                "SELECT tenant_id, slug, plan FROM tenancy.tenant ORDER BY tenant_id",
                cancellationToken: cancellationToken
            )
        );
        return [.. rows.Select(row => new TenantOnPlan(new TenantId(row.Tenant), row.Slug, row.Plan))];
    }
}
