using System.Data.Common;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.Secrets;

/// <summary>
/// Keeps the secrets of a tenant's things that are no servers (sinks), as <see cref="SecretVault"/> keeps those of servers: put in within
/// the transaction of the change, opened by the worker alone, renewed by the same rotation, erased with the tenant.
/// </summary>
public sealed class ThingVault
{
    private readonly PostgresDoors _doors;
    private readonly IKeyProvider _provider;
    private readonly DataKeys _keys;

    internal ThingVault(PostgresDoors doors, IKeyProvider provider, DataKeys keys) =>
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
        ThingPlace place,
        ReadOnlyMemory<byte> secret,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var key = await _keys.CurrentAsync(transaction, place.Tenant, cancellationToken);
        var values = new
        {
            tenant = place.Tenant.Value,
            thing = place.Thing,
            number = place.Number,
            version = key.Version,
            @sealed = Envelope.Seal(key.Bytes, place.Bytes, secret.Span),
            now,
        };
        const string change = """
            UPDATE tenancy.thing_secret SET key_version = @version, sealed = @sealed, changed_at = @now
            WHERE tenant_id = @tenant AND thing = @thing AND thing_id = @number
            """;
        const string add = """
            INSERT INTO tenancy.thing_secret (tenant_id, thing, thing_id, key_version, sealed, changed_at)
            VALUES (@tenant, @thing, @number, @version, @sealed, @now)
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
        ThingPlace place,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(transaction);
        const string sql =
            "DELETE FROM tenancy.thing_secret WHERE tenant_id = @tenant AND thing = @thing AND thing_id = @number";
        var values = new
        {
            tenant = place.Tenant.Value,
            thing = place.Thing,
            number = place.Number,
        };
        return await ExecuteAsync(transaction, sql, values, cancellationToken) > 0;
    }

    /// <summary>Opens these secrets, in one query. What has none, or one that does not open, is missing from the answer.</summary>
    public async Task<IReadOnlyDictionary<ThingPlace, byte[]>> OpenAsync(
        IReadOnlyCollection<ThingPlace> places,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(places);
        const string sql = """
            SELECT secret.tenant_id AS Tenant, secret.thing AS Thing, secret.thing_id AS Number, secret.sealed AS Sealed,
                key.version AS Version, key.kek AS Kek, key.wrapped AS Wrapped
            FROM tenancy.thing_secret AS secret
                JOIN tenancy.data_key AS key ON key.tenant_id = secret.tenant_id AND key.version = secret.key_version
            WHERE secret.tenant_id = ANY(@tenants) AND secret.thing_id = ANY(@numbers)
            """;
        var values = new
        {
            tenants = places.Select(place => place.Tenant.Value).Distinct().ToArray(),
            numbers = places.Select(place => place.Number).Distinct().ToArray(),
        };
        await using var connection = await _doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(sql, values, cancellationToken: cancellationToken)
        );
        var wanted = places.ToHashSet();
        var opened = new Dictionary<ThingPlace, byte[]>();
        foreach (var row in rows.Where(row => wanted.Contains(row.Place)))
        {
            if (await OpenAsync(row, cancellationToken) is { } secret)
            {
                opened[row.Place] = secret;
            }
        }

        return opened;
    }

    private async Task<byte[]?> OpenAsync(Row row, CancellationToken cancellationToken)
    {
        try
        {
            var key = await _keys.OpenAsync(row.Place.Tenant, row, cancellationToken);
            return Envelope.Open(key.Bytes, row.Place.Bytes, row.Sealed);
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
    private sealed class Row : StoredKey
    {
        public int Tenant { get; init; }

        public string Thing { get; init; } = "";

        public int Number { get; init; }

        public byte[] Sealed { get; init; } = [];

        public ThingPlace Place => new(new TenantId(Tenant), Thing, Number);
    }
}
