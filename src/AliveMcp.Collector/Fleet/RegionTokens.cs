using System.Security.Cryptography;
using System.Text;
using AliveMcp.Servers.Files;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Collector.Fleet;

/// <summary>
/// By which tokens the probers of a region are known. Only a token's SHA-256 is kept. A region has two at most: while its probers move to a
/// new one the old one stays good, and it ends by itself once the new one is in use and nobody has come with the old one for an hour.
/// </summary>
public sealed class RegionTokens(PostgresDoors postgres)
{
    /// <summary>How long an old token stays good after its last use, once a newer one is in use.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    /// <summary>Sees to it that an install's own region is there, everybody's, and that this token speaks for it.</summary>
    /// <param name="region">Its name.</param>
    /// <param name="city">Where it is, for people.</param>
    /// <param name="token">At least 32 random characters; it speaks for this region alone.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ArgumentException">The token is too short to be a secret.</exception>
    public async Task EnsureAsync(Region region, string city, string token, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(city);
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length < 32)
        {
            throw new ArgumentException("A region's token has at least 32 characters.", nameof(token));
        }

        const string sql = """
            INSERT INTO collector.region (name, city) VALUES (@name, @city)
            ON CONFLICT (name) DO UPDATE SET city = excluded.city
            RETURNING xmax = 0
            """;
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var isNew = await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(sql, new { name = region.Name, city }, cancellationToken: cancellationToken)
        );
        if (await AddAsync(connection, region, token, cancellationToken))
        {
            await AuditWriter.WriteActAsync(
                transaction,
                AuditWriter.OperatorChain,
                Actor.System,
                new AuditEntry(isNew ? "region.added" : "region.rotated", "region", region.Name),
                cancellationToken
            );
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The regions that are everybody's, by name, whether probers live there or not.</summary>
    public async Task<IReadOnlyList<WatchRegion>> AllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await postgres.App.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(connection, "SELECT name, city FROM collector.region ORDER BY name", cancellationToken);
    }

    /// <summary>What one tenant may name: the regions that are everybody's, and its own.</summary>
    internal async Task<IReadOnlyList<KnownRegion>> NamesAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await using var session = await postgres.OpenAsync(tenant, cancellationToken);
        const string sql = "SELECT name, tenant_id IS NOT NULL FROM collector.region ORDER BY name";
        var rows = await session.Connection.QueryAsync<(string Name, bool IsOwn)>(
            new CommandDefinition(sql, null, session.Transaction, cancellationToken: cancellationToken)
        );
        return [.. rows.Select(row => new KnownRegion(Region.Of(row.Name), row.IsOwn))];
    }

    /// <summary>All regions by name, private ones included: for the planner.</summary>
    internal async Task<IReadOnlyList<WatchRegion>> WithPrivateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        const string sql = "SELECT name, city, tenant_id FROM collector.region ORDER BY name";
        return await ReadAsync(connection, sql, cancellationToken);
    }

    /// <returns>The region that the token speaks for; null when there is none.</returns>
    internal async Task<WatchRegion?> FindAsync(string token, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT region.name, region.city, region.tenant_id
            FROM collector.region_token token JOIN collector.region region ON region.name = token.region
            WHERE token.token_hash = @hash AND NOT EXISTS (
                SELECT FROM collector.region_token newer
                WHERE newer.region = token.region AND newer.token_id > token.token_id
                    AND newer.first_used_at < now() - @silence
                    AND coalesce(token.last_used_at, '-infinity') < now() - @silence
            )
            """;
        var values = new { hash = HashOf(token), silence = Silence };
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        var found = await connection.QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition(sql, values, cancellationToken: cancellationToken)
        );
        if (found is not null)
        {
            await NoteUseAsync(connection, values.hash, cancellationToken);
        }

        return found?.ToRegion();
    }

    /// <summary>Adds a token as the region's newest; of older ones the newest stays, the others end.</summary>
    /// <returns>False when it was there already.</returns>
    internal static async Task<bool> AddAsync(
        NpgsqlConnection connection,
        Region region,
        string token,
        CancellationToken cancellationToken
    )
    {
        const string add = """
            INSERT INTO collector.region_token (region, token_hash) VALUES (@name, @hash) ON CONFLICT (token_hash) DO NOTHING
            """;
        const string end = """
            DELETE FROM collector.region_token WHERE region = @name AND token_hash <> @hash AND token_id NOT IN (
                SELECT token_id FROM collector.region_token WHERE region = @name AND token_hash <> @hash
                ORDER BY token_id DESC LIMIT 1)
            """;
        var values = new { name = region.Name, hash = HashOf(token) };
        CommandDefinition Command(string sql) => new(sql, values, cancellationToken: cancellationToken);
        var added = await connection.ExecuteAsync(Command(add));
        await connection.ExecuteAsync(Command(end));
        return added > 0;
    }

    /// <summary>A plain hash will do: tokens are random, not chosen.</summary>
    internal static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>To within a minute: whether a token is in use, not how often.</summary>
    private static Task NoteUseAsync(NpgsqlConnection connection, byte[] hash, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            new CommandDefinition(
                """
                UPDATE collector.region_token SET first_used_at = coalesce(first_used_at, now()), last_used_at = now()
                WHERE token_hash = @hash AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
                """,
                new { hash },
                cancellationToken: cancellationToken
            )
        );

    private static async Task<IReadOnlyList<WatchRegion>> ReadAsync(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken
    )
    {
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(sql, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToRegion())];
    }

    // Spelled as the columns are, so that Dapper needs no map.
    private sealed class Row
    {
        public string name { get; init; } = "";

        public string city { get; init; } = "";

        public int? tenant_id { get; init; }

        public WatchRegion ToRegion() =>
            new(Region.Of(name), city, tenant_id is { } tenant ? new TenantId(tenant) : null);
    }
}
