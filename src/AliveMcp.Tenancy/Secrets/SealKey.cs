using System.Security.Cryptography;
using AliveMcp.Storage.Postgres;
using Dapper;
using Npgsql;

namespace AliveMcp.Tenancy.Secrets;

/// <summary>
/// The install's key for what must be opened by a request itself: the secrets of second factors. Its row holds it wrapped under the current
/// key-encryption key. Where no key provider is set up it stands there as it is, and is wrapped by the first process that has one.
/// </summary>
internal sealed class SealKey(PostgresDoors doors, IKeyProvider provider)
{
    private const int Tries = 5;
    private const string Look = "SELECT plain AS Plain, kek AS Kek, wrapped AS Wrapped FROM tenancy.look_seal_key()";

    /// <summary>The same for ever once it is made, so that it need not be asked for twice.</summary>
    private byte[]? _key;

    /// <summary>The key itself, made when there is none yet.</summary>
    /// <exception cref="KeyUnavailableException">It is wrapped, and the key provider does not open it.</exception>
    public async Task<byte[]> OpenAsync(CancellationToken cancellationToken) =>
        _key ??= await ReadAsync(cancellationToken);

    /// <summary>Wraps it under the current key-encryption key, if it is not; as the worker.</summary>
    /// <returns>How many keys were wrapped anew, and how many do not open.</returns>
    public static async Task<(int Wrapped, int Lost)> RewrapAsync(
        NpgsqlConnection worker,
        IKeyProvider provider,
        CancellationToken cancellationToken
    )
    {
        if (await LookAsync(worker, cancellationToken) is not { } row || row.Kek == provider.Current)
        {
            return (0, 0);
        }

        try
        {
            var key = row.Plain ?? await UnwrapAsync(row, provider, cancellationToken);
            return (await WrapAsync(worker, row, key, provider, cancellationToken) ? 1 : 0, 0);
        }
        catch (KeyUnavailableException)
        {
            return (0, 1);
        }
    }

    private async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await doors.App.OpenConnectionAsync(cancellationToken);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await LookAsync(connection, cancellationToken) is not { } row)
            {
                await MakeAsync(connection, cancellationToken);
                continue;
            }

            if (row.Plain is { } plain && provider.IsReady)
            {
                await WrapAsync(connection, row, plain, provider, cancellationToken);
            }

            return row.Plain ?? await UnwrapAsync(row, provider, cancellationToken);
        }

        throw new KeyUnavailableException("The key of second factors is neither there nor can it be made.");
    }

    /// <summary>Of two who make one at once, the first one's stays.</summary>
    private async Task MakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var key = RandomNumberGenerator.GetBytes(Envelope.KeySize);
        var wrapped = provider.IsReady ? await provider.WrapAsync(key, Context, cancellationToken) : null;
        await connection.ExecuteAsync(
            new CommandDefinition(
                "SELECT tenancy.keep_seal_key(@plain, @kek, @bytes)",
                new
                {
                    plain = wrapped is null ? key : null,
                    kek = wrapped?.Kek,
                    bytes = wrapped?.Bytes,
                },
                cancellationToken: cancellationToken
            )
        );
    }

    private static async Task<bool> WrapAsync(
        NpgsqlConnection connection,
        Row row,
        byte[] key,
        IKeyProvider provider,
        CancellationToken cancellationToken
    )
    {
        var wrapped = await provider.WrapAsync(key, Context, cancellationToken);
        var sql = row.Plain is null
            ? "SELECT tenancy.rewrap_seal_key(@old, @kek, @bytes)"
            : "SELECT tenancy.wrap_seal_key(@plain, @kek, @bytes)";
        return await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                sql,
                new
                {
                    old = row.Kek,
                    plain = row.Plain,
                    kek = wrapped.Kek,
                    bytes = wrapped.Bytes,
                },
                cancellationToken: cancellationToken
            )
        );
    }

    private static ValueTask<byte[]> UnwrapAsync(Row row, IKeyProvider provider, CancellationToken cancellationToken) =>
        provider.UnwrapAsync(new WrappedKey(row.Kek!, row.Wrapped!), Context, cancellationToken);

    private static Task<Row?> LookAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<Row?>(new CommandDefinition(Look, cancellationToken: cancellationToken));

    /// <summary>What the wrapped key is bound to.</summary>
    private static byte[] Context => "seal_key|install"u8.ToArray();

    /// <summary>Dapper fills byte arrays into properties, not into constructors.</summary>
    private sealed class Row
    {
        public byte[]? Plain { get; init; }

        public string? Kek { get; init; }

        public byte[]? Wrapped { get; init; }
    }
}
