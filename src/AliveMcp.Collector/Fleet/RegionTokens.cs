using System.Security.Cryptography;
using System.Text;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Collector.Fleet;

/// <summary>The regions of this install and the tokens by which their probers are known. Only a token's SHA-256 is kept.</summary>
public sealed class RegionTokens(PostgresDoors postgres)
{
    /// <summary>Registers a region, or gives it another token or city.</summary>
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
            INSERT INTO collector.region (name, city, token_hash) VALUES (@name, @city, @hash)
            ON CONFLICT (name) DO UPDATE SET city = excluded.city, token_hash = excluded.token_hash
            """;
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(
                sql,
                new
                {
                    name = region.Name,
                    city,
                    hash = HashOf(token),
                },
                cancellationToken: cancellationToken
            )
        );
    }

    /// <summary>All regions by name, whether probers live there or not.</summary>
    public async Task<IReadOnlyList<WatchRegion>> AllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await postgres.App.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Name, string City)>(
            new CommandDefinition(
                "SELECT name, city FROM collector.region ORDER BY name",
                cancellationToken: cancellationToken
            )
        );
        return [.. rows.Select(row => new WatchRegion(Region.Of(row.Name), row.City))];
    }

    /// <returns>The region that the token speaks for; null when there is none.</returns>
    internal async Task<Region?> FindAsync(string token, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        var name = await connection.QuerySingleOrDefaultAsync<string?>(
            new CommandDefinition(
                "SELECT name FROM collector.region WHERE token_hash = @hash",
                new { hash = HashOf(token) },
                cancellationToken: cancellationToken
            )
        );
        return name is null ? null : Region.Of(name);
    }

    /// <summary>A plain hash will do: tokens are random, not chosen.</summary>
    internal static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
