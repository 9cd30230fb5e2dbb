using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.Secrets;

/// <summary>The tenants' data keys: made when first wanted, stored wrapped, held open for five minutes. Thread-safe.</summary>
internal sealed class DataKeys(IKeyProvider provider, TimeProvider clock)
{
    private const int MostHeld = 10_000;
    private static readonly TimeSpan HeldFor = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(int Tenant, int Version), Held> _held = [];

    /// <summary>The newest, with which everything new is sealed.</summary>
    public async Task<DataKey> CurrentAsync(
        DbTransaction transaction,
        TenantId tenant,
        CancellationToken cancellationToken
    )
    {
        if (await NewestAsync(transaction, tenant, cancellationToken) is { } known)
        {
            return await OpenAsync(tenant, known, cancellationToken);
        }

        // Another process may be quicker: then its key is taken.
        await MakeAsync(transaction, tenant, 1, cancellationToken);
        var made = await NewestAsync(transaction, tenant, cancellationToken);
        return await OpenAsync(tenant, made!, cancellationToken);
    }

    /// <summary>Adds a version, unless it is there.</summary>
    public async Task<bool> MakeAsync(
        DbTransaction transaction,
        TenantId tenant,
        int version,
        CancellationToken cancellationToken
    )
    {
        var bytes = RandomNumberGenerator.GetBytes(Envelope.KeySize);
        var wrapped = await provider.WrapAsync(bytes, ContextOf(tenant, version), cancellationToken);
        CryptographicOperations.ZeroMemory(bytes);
        const string sql = """
            INSERT INTO tenancy.data_key (tenant_id, version, kek, wrapped) VALUES (@tenant, @version, @kek, @wrapped)
            ON CONFLICT DO NOTHING
            """;
        var values = new
        {
            tenant = tenant.Value,
            version,
            kek = wrapped.Kek,
            wrapped = wrapped.Bytes,
        };
        return await transaction.Connection!.ExecuteAsync(
                new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
            ) > 0;
    }

    /// <summary>Opens a stored one.</summary>
    /// <exception cref="KeyUnavailableException">It cannot be opened.</exception>
    public async ValueTask<DataKey> OpenAsync(TenantId tenant, StoredKey stored, CancellationToken cancellationToken)
    {
        var place = (tenant.Value, stored.Version);
        var now = clock.GetUtcNow();
        if (_held.TryGetValue(place, out var held) && now < held.Until)
        {
            return new DataKey(stored.Version, held.Bytes);
        }

        var bytes = await provider.UnwrapAsync(
            new WrappedKey(stored.Kek, stored.Wrapped),
            ContextOf(tenant, stored.Version),
            cancellationToken
        );
        if (_held.Count >= MostHeld)
        {
            _held.Clear();
        }

        _held[place] = new Held(bytes, now + HeldFor);
        return new DataKey(stored.Version, bytes);
    }

    /// <summary>What a wrapped data key is bound to.</summary>
    public static byte[] ContextOf(TenantId tenant, int version) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"data_key|{tenant}|{version}"));

    private static Task<StoredKey?> NewestAsync(
        DbTransaction transaction,
        TenantId tenant,
        CancellationToken cancellationToken
    ) =>
        transaction.Connection!.QueryFirstOrDefaultAsync<StoredKey?>(
            new CommandDefinition(
                """
                SELECT version AS Version, kek AS Kek, wrapped AS Wrapped FROM tenancy.data_key
                WHERE tenant_id = @tenant ORDER BY version DESC LIMIT 1
                """,
                new { tenant = tenant.Value },
                transaction,
                cancellationToken: cancellationToken
            )
        );

    private sealed record Held(byte[] Bytes, DateTimeOffset Until);
}

/// <summary>A data key that is open. Not a record: nobody prints it.</summary>
internal sealed class DataKey(int version, byte[] bytes)
{
    public int Version { get; } = version;

    public ReadOnlySpan<byte> Bytes => bytes;
}

/// <summary>A row of <c>tenancy.data_key</c>.</summary>
internal class StoredKey
{
    public int Version { get; init; }

    public string Kek { get; init; } = "";

    public byte[] Wrapped { get; init; } = [];
}
