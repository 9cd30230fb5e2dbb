using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Tenancy.Secrets;

/// <summary>
/// Renews keys, in small transactions that may be broken off anywhere and run by two at once:
/// 1. every data key, and the key of second factors, that an older key-encryption key wrapped is wrapped anew;
/// 2. tenants whose newest data key is too old get another;
/// 3. every secret under an older data key is sealed anew, a page at a time;
/// 4. data keys that seal nothing any more go, a day after their successor came: until then a writer may still hold one.
/// </summary>
public sealed class SecretRotation
{
    /// <summary>How old a tenant's newest data key gets before it has a successor.</summary>
    public static readonly TimeSpan DataKeyLife = TimeSpan.FromDays(365);

    private readonly PostgresDoors _doors;
    private readonly IKeyProvider _provider;
    private readonly DataKeys _keys;

    internal SecretRotation(PostgresDoors doors, IKeyProvider provider, DataKeys keys) =>
        (_doors, _provider, _keys) = (doors, provider, keys);

    /// <summary>Does all of it that is to be done now.</summary>
    /// <param name="life">Data keys older than this get a successor; zero: all.</param>
    /// <param name="by">In whose name the audit trail is told, when anything was done.</param>
    /// <param name="cancellationToken">Stops; what is done stays done.</param>
    /// <exception cref="KeyUnavailableException">There is no key provider.</exception>
    public async Task<RotationOutcome> RunAsync(TimeSpan life, Actor by, CancellationToken cancellationToken)
    {
        await using var connection = await _doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var (wrapped, shut) = await RewrapAsync(connection, cancellationToken);
        var (sealing, stuck) = await SealKey.RewrapAsync(connection, _provider, cancellationToken);
        var made = await RenewAsync(connection, life, cancellationToken);
        var (resealed, lost) = await new Resealing(_keys).RunAsync(connection, cancellationToken);
        var dropped = await DropAsync(connection, cancellationToken);
        var outcome = new RotationOutcome(wrapped + sealing, made, resealed, dropped, shut + stuck + lost);
        if (outcome.Changed)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var entry = new AuditEntry("secrets.rotated", "install", _provider.Current);
            await AuditWriter.WriteActAsync(transaction, AuditWriter.OperatorChain, by, entry, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return outcome;
    }

    private async Task<(int Wrapped, int Lost)> RewrapAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        const string find = """
            SELECT tenant_id AS Tenant, version AS Version, kek AS Kek, wrapped AS Wrapped FROM tenancy.data_key
            WHERE kek <> @current
            """;
        const string change = """
            UPDATE tenancy.data_key SET kek = @current, wrapped = @bytes
            WHERE tenant_id = @tenant AND version = @version AND kek = @old
            """;
        var (count, lost) = (0, 0);
        foreach (var row in await connection.QueryAsync<KeyRow>(find, new { current = _provider.Current }))
        {
            var context = DataKeys.ContextOf(new TenantId(row.Tenant), row.Version);
            if (await TryUnwrapAsync(row, context, cancellationToken) is not { } open)
            {
                lost++;
                continue;
            }

            var wrapped = await _provider.WrapAsync(open, context, cancellationToken);
            var values = new
            {
                current = wrapped.Kek,
                bytes = wrapped.Bytes,
                tenant = row.Tenant,
                version = row.Version,
                old = row.Kek,
            };
            count += await connection.ExecuteAsync(change, values);
        }

        return (count, lost);
    }

    private async Task<byte[]?> TryUnwrapAsync(KeyRow row, byte[] context, CancellationToken cancellationToken)
    {
        try
        {
            return await _provider.UnwrapAsync(new WrappedKey(row.Kek, row.Wrapped), context, cancellationToken);
        }
        catch (KeyUnavailableException)
        {
            return null;
        }
    }

    private async Task<int> RenewAsync(NpgsqlConnection connection, TimeSpan life, CancellationToken cancellationToken)
    {
        const string find = """
            SELECT tenant_id, max(version) FROM tenancy.data_key GROUP BY tenant_id
            HAVING max(made_at) <= now() - @life ORDER BY tenant_id
            """;
        var count = 0;
        foreach (var (tenant, version) in await connection.QueryAsync<(int, int)>(find, new { life }))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            count += await _keys.MakeAsync(transaction, new TenantId(tenant), version + 1, cancellationToken) ? 1 : 0;
            await transaction.CommitAsync(cancellationToken);
        }

        return count;
    }

    private static Task<int> DropAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            new CommandDefinition(
                """
                DELETE FROM tenancy.data_key AS old
                WHERE NOT EXISTS (SELECT FROM tenancy.secret AS secret
                        WHERE secret.tenant_id = old.tenant_id AND secret.key_version = old.version)
                    AND NOT EXISTS (SELECT FROM tenancy.thing_secret AS secret
                        WHERE secret.tenant_id = old.tenant_id AND secret.key_version = old.version)
                    AND EXISTS (SELECT FROM tenancy.data_key AS newer WHERE newer.tenant_id = old.tenant_id
                        AND newer.version > old.version AND newer.made_at < now() - interval '1 day')
                """,
                cancellationToken: cancellationToken
            )
        );

    private sealed class KeyRow : StoredKey
    {
        public int Tenant { get; init; }
    }
}

/// <summary>What a rotation did.</summary>
/// <param name="Wrapped">Data keys that were wrapped anew.</param>
/// <param name="Made">New data keys.</param>
/// <param name="Resealed">Secrets that were sealed anew.</param>
/// <param name="Dropped">Data keys that sealed nothing any more.</param>
/// <param name="Lost">Secrets and data keys that do not open: their place, their key or their bytes were changed.</param>
public sealed record RotationOutcome(int Wrapped, int Made, int Resealed, int Dropped, int Lost)
{
    internal bool Changed => Wrapped + Made + Resealed + Dropped > 0;
}
