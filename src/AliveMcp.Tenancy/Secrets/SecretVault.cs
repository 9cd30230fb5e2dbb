using System.Data.Common;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.Secrets;

/// <summary>
/// Keeps secrets sealed under their tenant's data key. Putting one in is part of the transaction of whoever changes something; opening is
/// for the worker alone: the database gives the web role no sealed byte.
/// </summary>
public sealed class SecretVault
{
    private readonly PostgresDoors _doors;
    private readonly IKeyProvider _provider;
    private readonly DataKeys _keys;

    internal SecretVault(PostgresDoors doors, IKeyProvider provider, DataKeys keys) =>
        (_doors, _provider, _keys) = (doors, provider, keys);

    /// <summary>Whether secrets can be kept here at all: a key provider is set up.</summary>
    public bool IsReady => _provider.IsReady;

    /// <summary>Seals a secret and stores it, over the one before.</summary>
    /// <param name="transaction">In the name of its tenant, or a worker's.</param>
    /// <param name="place">Where it belongs.</param>
    /// <param name="secret">At least one byte.</param>
    /// <param name="now">When it was changed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KeyUnavailableException">No key can be had.</exception>
    public async Task PutAsync(
        DbTransaction transaction,
        SecretPlace place,
        ReadOnlyMemory<byte> secret,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var key = await _keys.CurrentAsync(transaction, place.Server.Tenant, cancellationToken);
        var values = new
        {
            tenant = place.Server.Tenant.Value,
            server = place.Server.Server.Value,
            purpose = place.Purpose,
            version = key.Version,
            @sealed = Envelope.Seal(key.Bytes, place.Bytes, secret.Span),
            now,
        };
        const string change = """
            UPDATE tenancy.secret SET key_version = @version, sealed = @sealed, changed_at = @now
            WHERE tenant_id = @tenant AND server_id = @server AND purpose = @purpose
            """;
        const string add = """
            INSERT INTO tenancy.secret (tenant_id, server_id, purpose, key_version, sealed, changed_at)
            VALUES (@tenant, @server, @purpose, @version, @sealed, @now)
            """;
        if (await ExecuteAsync(transaction, change, values, cancellationToken) == 0)
        {
            await ExecuteAsync(transaction, add, values, cancellationToken);
        }
    }

    /// <summary>Takes a secret out for good.</summary>
    /// <returns>False when there was none.</returns>
    public static async Task<bool> RemoveAsync(
        DbTransaction transaction,
        SecretPlace place,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(transaction);
        const string sql =
            "DELETE FROM tenancy.secret WHERE tenant_id = @tenant AND server_id = @server AND purpose = @purpose";
        var values = new
        {
            tenant = place.Server.Tenant.Value,
            server = place.Server.Server.Value,
            purpose = place.Purpose,
        };
        return await ExecuteAsync(transaction, sql, values, cancellationToken) > 0;
    }

    /// <summary>Opens the secrets of these servers that serve one purpose, in one query. Who has none, or one that does not open, is missing from the answer.</summary>
    public async Task<IReadOnlyDictionary<ServerKey, byte[]>> OpenAsync(
        IReadOnlyCollection<ServerKey> servers,
        string purpose,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(servers);
        const string sql = """
            SELECT secret.tenant_id AS Tenant, secret.server_id AS Server, secret.sealed AS Sealed, key.version AS Version,
                key.kek AS Kek, key.wrapped AS Wrapped
            FROM tenancy.secret AS secret
                JOIN tenancy.data_key AS key ON key.tenant_id = secret.tenant_id AND key.version = secret.key_version
            WHERE secret.server_id = ANY(@ids) AND secret.purpose = @purpose
            """;
        var ids = servers.Select(server => server.Server.Value).ToArray();
        await using var connection = await _doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(sql, new { ids, purpose }, cancellationToken: cancellationToken)
        );
        var wanted = servers.ToHashSet();
        var opened = new Dictionary<ServerKey, byte[]>();
        foreach (var row in rows.Where(row => wanted.Contains(row.Key)))
        {
            if (await OpenAsync(row, purpose, cancellationToken) is { } secret)
            {
                opened[row.Key] = secret;
            }
        }

        return opened;
    }

    private async Task<byte[]?> OpenAsync(Row row, string purpose, CancellationToken cancellationToken)
    {
        try
        {
            var stored = new StoredKey
            {
                Version = row.Version,
                Kek = row.Kek,
                Wrapped = row.Wrapped,
            };
            var key = await _keys.OpenAsync(row.Key.Tenant, stored, cancellationToken);
            return Envelope.Open(key.Bytes, new SecretPlace(row.Key, purpose).Bytes, row.Sealed);
        }
        catch (KeyUnavailableException)
        {
            return null;
        }
    }

    private static Task<int> ExecuteAsync(
        DbTransaction transaction,
        string sql,
        object values,
        CancellationToken cancellationToken
    ) =>
        transaction.Connection!.ExecuteAsync(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );

    /// <summary>Dapper fills byte arrays into properties, not into constructors.</summary>
    private sealed class Row
    {
        public int Tenant { get; init; }

        public int Server { get; init; }

        public byte[] Sealed { get; init; } = [];

        public int Version { get; init; }

        public string Kek { get; init; } = "";

        public byte[] Wrapped { get; init; } = [];

        public ServerKey Key => new(new TenantId(Tenant), new ServerId(Server));
    }
}
