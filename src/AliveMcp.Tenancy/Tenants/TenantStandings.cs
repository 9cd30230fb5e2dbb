using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>How tenants stand. Read in their own name; changed by operators and by billing alone.</summary>
public sealed class TenantStandings(PostgresDoors doors, AuditWriter audit, TimeProvider clock)
{
    private const string Columns = "status AS Status, status_since AS Since, status_reason AS Reason";

    /// <exception cref="KeyNotFoundException">There is no such tenant.</exception>
    public async Task<TenantStanding> OfAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await using var session = await doors.OpenAsync(tenant, cancellationToken);
        var row = await session.Connection.QuerySingleOrDefaultAsync<Row?>(
            session.Command(
                $"SELECT tenant_id AS Tenant, {Columns} FROM tenancy.tenant WHERE tenant_id = @tenant",
                new { tenant = tenant.Value },
                cancellationToken
            )
        );
        return row?.ToStanding() ?? throw new KeyNotFoundException($"There is no tenant {tenant}.");
    }

    /// <summary>The suspended ones, of all tenants: for loops that serve every one of them.</summary>
    public async Task<IReadOnlySet<TenantId>> SuspendedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<int>(
            new CommandDefinition(
                "SELECT tenant_id FROM tenancy.tenant WHERE status = 'suspended'",
                cancellationToken: cancellationToken
            )
        );
        return rows.Select(row => new TenantId(row)).ToHashSet();
    }

    /// <summary>Changes it, for every process at once. The same again keeps since when.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="status">How it stands from now on.</param>
    /// <param name="reason">Why, for the tenant to read; required unless it becomes active.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KeyNotFoundException">There is no such tenant.</exception>
    public async Task ChangeAsync(
        TenantId tenant,
        TenantStatus status,
        string? reason,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var before = await connection.ExecuteScalarAsync<string?>(
            new CommandDefinition(
                "SELECT status FROM tenancy.tenant WHERE tenant_id = @tenant FOR UPDATE",
                new { tenant = tenant.Value },
                transaction,
                cancellationToken: cancellationToken
            )
        );
        if (before is null)
        {
            throw new KeyNotFoundException($"There is no tenant {tenant}.");
        }

        var word = TenantStanding.Word(status);
        await WriteAsync(transaction, tenant, word, status == TenantStatus.Active ? null : reason, cancellationToken);
        await audit.WriteAsync(
            transaction,
            tenant,
            actor,
            new AuditEntry("tenant.status_changed", "tenant", tenant.ToString())
            {
                Before = new { status = before },
                After = new { status = word },
                Why = reason,
            },
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The tenant's own row, and what the public sees of it.</summary>
    private async Task WriteAsync(
        NpgsqlTransaction transaction,
        TenantId tenant,
        string word,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            UPDATE tenancy.tenant SET status_since = CASE WHEN status = @word THEN status_since ELSE @now END,
                status = @word, status_reason = @reason
            WHERE tenant_id = @tenant;
            SELECT tenancy.show_standing(@tenant, @word = 'suspended')
            """;
        var values = new
        {
            word,
            now = clock.GetUtcNow(),
            reason,
            tenant = tenant.Value,
        };
        await transaction.Connection!.ExecuteAsync(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
    }

    private sealed record Row(int Tenant, string Status, DateTime Since, string? Reason)
    {
        public TenantStanding ToStanding() =>
            new(TenantStanding.Of(Status), new DateTimeOffset(Since, TimeSpan.Zero), Reason);
    }
}
