using System.Security.Cryptography;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Tenancy.Operators;

/// <summary>
/// Makes operators and auditors, and recognises them. Nobody becomes one over the network: adding and removing is for whoever holds the
/// install's own connection strings. A token lives for a day unless told, and never longer than 90.
/// </summary>
public sealed class OperatorDesk(PostgresDoors doors, TimeProvider clock)
{
    /// <summary>How long a token may live at most.</summary>
    public static TimeSpan LongestLife { get; } = TimeSpan.FromDays(90);

    private static readonly byte[] Nobody = new byte[SHA256.HashSizeInBytes];

    /// <summary>Adds one and tells the token, once.</summary>
    /// <param name="name">Who that is; 1 to 120 characters.</param>
    /// <param name="layer">As what: tenant operator, root operator or auditor.</param>
    /// <param name="tenant">For which tenant alone; needed by a tenant operator, impossible for a root operator.</param>
    /// <param name="life">How long the token lives; up to <see cref="LongestLife"/>.</param>
    /// <param name="by">Who adds it, for the operators' own audit trail.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The token, or what stands against it.</returns>
    public async Task<Result<string>> AddAsync(
        string name,
        Layer layer,
        TenantId? tenant,
        TimeSpan life,
        Actor by,
        CancellationToken cancellationToken
    )
    {
        if (OperatorProblems.Check(name, layer, tenant, life) is { } problem)
        {
            return problem;
        }

        const string sql = """
            INSERT INTO tenancy.operator (name, layer, tenant_id, prefix, secret_hash, created_at, expires_at)
            VALUES (@name, @layer, @tenant, @prefix, @hash, @now, @expires) RETURNING operator_id
            """;
        var token = ApiKeyToken.New(ApiKeyToken.OperatorMark);
        var now = clock.GetUtcNow();
        var values = new
        {
            name,
            layer = (short)layer,
            tenant = tenant?.Value,
            prefix = token.Prefix,
            hash = token.Hash(),
            now,
            expires = now + life,
        };
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var added = await connection.ExecuteScalarAsync<int>(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
        await NoteAsync(transaction, by, "operator.added", new OperatorId(added), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return token.Text;
    }

    /// <summary>Everybody who ever was one, the newest last.</summary>
    public async Task<IReadOnlyList<ListedOperator>> ListAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT operator_id AS Id, name AS Name, layer AS Layer, tenant_id AS Tenant, expires_at AS ExpiresAt,
                last_used_at AS LastUsedAt, revoked_at AS RevokedAt
            FROM tenancy.operator ORDER BY operator_id
            """;
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(sql, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToListed())];
    }

    /// <summary>Takes the token out of use for good.</summary>
    /// <param name="one">Whose.</param>
    /// <param name="by">Who does it, for the operators' own audit trail.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when there is no such operator, or it was revoked before.</returns>
    public async Task<bool> RevokeAsync(OperatorId one, Actor by, CancellationToken cancellationToken)
    {
        const string sql =
            "UPDATE tenancy.operator SET revoked_at = @now WHERE operator_id = @id AND revoked_at IS NULL";
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var values = new { id = one.Value, now = clock.GetUtcNow() };
        var revoked = await connection.ExecuteAsync(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
        if (revoked > 0)
        {
            await NoteAsync(transaction, by, "operator.revoked", one, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return revoked > 0;
    }

    /// <summary>Null when the token is malformed, unknown, wrong, expired or revoked: the caller is not told which.</summary>
    internal async Task<RecognisedOperator?> RecogniseAsync(string? text, CancellationToken cancellationToken)
    {
        if (!ApiKeyToken.TryParse(text, ApiKeyToken.OperatorMark, out var token))
        {
            return null;
        }

        const string sql = """
            SELECT operator_id AS Id, layer AS Layer, tenant_id AS Tenant, secret_hash AS SecretHash,
                expires_at AS ExpiresAt, revoked_at AS RevokedAt
            FROM tenancy.find_operator(@prefix, @now)
            """;
        var now = clock.GetUtcNow();
        await using var connection = await doors.App.OpenConnectionAsync(cancellationToken);
        var found = await connection.QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition(sql, new { prefix = token.Prefix, now }, cancellationToken: cancellationToken)
        );
        var isTheSecret = CryptographicOperations.FixedTimeEquals(found?.SecretHash ?? Nobody, token.Hash());
        return found is not null && isTheSecret && found.RevokedAt is null && now.UtcDateTime < found.ExpiresAt
            ? new RecognisedOperator(new OperatorId(found.Id), (Layer)found.Layer, found.TenantOrNone)
            : null;
    }

    private static Task NoteAsync(
        NpgsqlTransaction transaction,
        Actor by,
        string action,
        OperatorId one,
        CancellationToken cancellationToken
    ) =>
        AuditWriter.WriteActAsync(
            transaction,
            AuditWriter.OperatorChain,
            by,
            new AuditEntry(action, "operator", one.ToString()),
            cancellationToken
        );

    /// <summary>Dapper fills byte arrays into properties, not into constructors.</summary>
    private sealed class Row
    {
        public int Id { get; init; }

        public string Name { get; init; } = "";

        public short Layer { get; init; }

        public int? Tenant { get; init; }

        public byte[] SecretHash { get; init; } = [];

        public DateTime ExpiresAt { get; init; }

        public DateTime? LastUsedAt { get; init; }

        public DateTime? RevokedAt { get; init; }

        public TenantId? TenantOrNone => Tenant is { } tenant ? new TenantId(tenant) : null;

        public ListedOperator ToListed() =>
            new(
                new OperatorId(Id),
                Name,
                (Layer)Layer,
                TenantOrNone,
                new DateTimeOffset(ExpiresAt, TimeSpan.Zero),
                Instant(LastUsedAt),
                Instant(RevokedAt)
            );

        private static DateTimeOffset? Instant(DateTime? at) =>
            at is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : null;
    }
}
