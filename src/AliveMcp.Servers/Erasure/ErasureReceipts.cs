using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Servers.Erasure;

/// <summary>Reads receipts of what was erased. They outlive everything they tell of.</summary>
public sealed class ErasureReceipts(PostgresDoors doors)
{
    /// <summary>The receipts of a tenant and its servers, the oldest first.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="server">Of this server alone; null: of all of them, and of the tenant itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ErasureReceipt>> OfAsync(
        TenantId tenant,
        ServerId? server,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT r.receipt_id AS Id, r.tenant_id AS Tenant, r.server_id AS Server,
                erasure.receipt_text(r.tenant_id, r.server_id, r.asked_by, r.asked_at, r.erased_at, r.row_counts) AS Text,
                encode(r.hash, 'hex') AS Hash, stone.keys_deleted_at AS KeysDeletedAt
            FROM erasure.receipt AS r LEFT JOIN erasure.tombstone AS stone ON stone.server_id = r.server_id
            WHERE r.tenant_id = @tenant AND (@server::integer IS NULL OR r.server_id = @server)
            ORDER BY r.receipt_id
            """;
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<ErasureReceipt>(
            new CommandDefinition(
                sql,
                new { tenant = tenant.Value, server = server?.Value },
                cancellationToken: cancellationToken
            )
        );
        return rows.AsList();
    }
}

/// <summary>A proof that something was erased.</summary>
public sealed class ErasureReceipt
{
    /// <summary>Counts up.</summary>
    public long Id { get; init; }

    /// <summary>Whose it was.</summary>
    public int Tenant { get; init; }

    /// <summary>Null: the tenant itself.</summary>
    public int? Server { get; init; }

    /// <summary>One line of JSON: who asked, when, and how many rows went from where.</summary>
    public string Text { get; init; } = "";

    /// <summary>SHA-256 of <see cref="Text"/> in UTF-8, as it was when the receipt was written; 64 hex digits.</summary>
    public string Hash { get; init; } = "";

    /// <summary>When Redis had answered that nothing of the server is left there, UTC; null: not yet, or a tenant's receipt.</summary>
    public DateTime? KeysDeletedAt { get; init; }
}
