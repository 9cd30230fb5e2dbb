using System.Buffers.Text;
using System.Security.Cryptography;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Collector.Fleet;

/// <summary>Adds and removes regions and gives them tokens. For operators at a terminal: it sees every tenant's private regions.</summary>
public sealed class RegionRegister(PostgresDoors postgres, LiveRegions fleet)
{
    private const int LongestCity = 80;

    /// <summary>Registers a region.</summary>
    /// <param name="region">Its name, which no other region of the install may have.</param>
    /// <param name="city">Where it is, for people; 1 to 80 characters.</param>
    /// <param name="tenant">Whose servers alone are looked at from there; null: everybody's.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Its first token, which is told this once; or <c>region_taken</c>, <c>region_city_invalid</c>.</returns>
    public async Task<Result<string>> AddAsync(
        Region region,
        string city,
        TenantId? tenant,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(city);
        if (city.Trim().Length is 0 or > LongestCity || city.EnumerateRunes().Any(SafeText.IsUnsafe))
        {
            return RegionProblems.City(city);
        }

        const string sql = """
            INSERT INTO collector.region (name, city, tenant_id) VALUES (@name, @city, @tenant) ON CONFLICT DO NOTHING
            """;
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var values = new
        {
            name = region.Name,
            city = city.Trim(),
            tenant = tenant?.Value,
        };
        if (await ExecuteAsync(connection, sql, values, cancellationToken) == 0)
        {
            return RegionProblems.Taken(region);
        }

        var token = NewToken();
        await RegionTokens.AddAsync(connection, region, token, cancellationToken);
        await TellAsync(transaction, "region.added", region, tenant?.Value, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return token;
    }

    /// <summary>
    /// Gives a region another token. The newest of those before stays good until its probers have moved (<see cref="RegionTokens.Silence"/>);
    /// with <paramref name="atOnce"/> all of them end now, as when one was seen by others.
    /// </summary>
    /// <returns>The new token, which is told this once; or <c>region_not_found</c>.</returns>
    public async Task<Result<string>> RotateAsync(Region region, bool atOnce, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var values = new { name = region.Name };
        const string find = "SELECT name, tenant_id FROM collector.region WHERE name = @name FOR UPDATE";
        if (await connection.QuerySingleOrDefaultAsync<Row>(find, values) is not { } known)
        {
            return RegionProblems.NotFound(region);
        }

        if (atOnce)
        {
            const string end = "DELETE FROM collector.region_token WHERE region = @name";
            await ExecuteAsync(connection, end, values, cancellationToken);
        }

        var token = NewToken();
        await RegionTokens.AddAsync(connection, region, token, cancellationToken);
        await TellAsync(transaction, "region.rotated", region, known.tenant_id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return token;
    }

    /// <summary>Takes a region and its tokens away. Its name stays in the minutes that were seen from there.</summary>
    /// <returns>The region that was; or <c>region_not_found</c>.</returns>
    public async Task<Result<Region>> RemoveAsync(Region region, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        const string sql = "DELETE FROM collector.region WHERE name = @name RETURNING name, tenant_id";
        if (await connection.QuerySingleOrDefaultAsync<Row>(sql, new { name = region.Name }) is not { } gone)
        {
            return RegionProblems.NotFound(region);
        }

        await TellAsync(transaction, "region.removed", region, gone.tenant_id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await fleet.ForgetAsync(region);
        return region;
    }

    /// <summary>Every region by name, with its tokens and the probers that asked for work within the last 60 s.</summary>
    public async Task<IReadOnlyList<RegionStanding>> ListAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT region.name, region.city, region.tenant_id, token.created_at, token.first_used_at, token.last_used_at
            FROM collector.region region LEFT JOIN collector.region_token token ON token.region = region.name
            ORDER BY region.name, token.token_id DESC
            """;
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(sql, cancellationToken: cancellationToken));
        return await Task.WhenAll(
            rows.GroupBy(row => (row.name, row.city, row.tenant_id))
                .Select(async group => new RegionStanding
                {
                    Region = Region.Of(group.Key.name),
                    City = group.Key.city,
                    Tenant = group.Key.tenant_id is { } tenant ? new TenantId(tenant) : null,
                    Tokens = [.. group.Where(row => row.created_at is not null).Select(row => row.ToToken())],
                    Probers = await fleet.ProbersAsync(Region.Of(group.Key.name)),
                    DoubtedUntil = await fleet.DoubtedUntilAsync(Region.Of(group.Key.name)),
                })
        );
    }

    private static Task TellAsync(
        NpgsqlTransaction transaction,
        string action,
        Region region,
        int? tenant,
        CancellationToken cancellationToken
    ) =>
        AuditWriter.WriteActAsync(
            transaction,
            tenant is { } owner ? new TenantId(owner) : AuditWriter.OperatorChain,
            Actor.AtTerminal,
            new AuditEntry(action, "region", region.Name),
            cancellationToken
        );

    private static Task<int> ExecuteAsync(
        NpgsqlConnection connection,
        string sql,
        object values,
        CancellationToken cancellationToken
    ) => connection.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: cancellationToken));

    /// <summary>256 bits, with a mark by which a scanner of repositories finds one that was left lying about.</summary>
    private static string NewToken() => "amcp_region_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    // Spelled as the columns are, so that Dapper needs no map.
    private sealed class Row
    {
        public string name { get; init; } = "";

        public string city { get; init; } = "";

        public int? tenant_id { get; init; }

        public DateTime? created_at { get; init; }

        public DateTime? first_used_at { get; init; }

        public DateTime? last_used_at { get; init; }

        public TokenStanding ToToken() => new(At(created_at)!.Value, At(first_used_at), At(last_used_at));

        private static DateTimeOffset? At(DateTime? time) =>
            time is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : null;
    }
}
