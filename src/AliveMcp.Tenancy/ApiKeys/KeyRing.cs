using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.AuditTrail;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>The keys of the caller's tenant: listed, issued within the plan, revoked.</summary>
public sealed class KeyRing(PostgresDoors doors, Caller caller, Trail trail, TenantPlans plans, TimeProvider clock)
{
    private const int LongestName = 120;

    /// <summary>However unlimited a plan is.</summary>
    private const int MostKeys = 1000;

    private static readonly TimeSpan Soonest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Latest = TimeSpan.FromDays(5 * 366);

    private TenantId Tenant => caller.Tenant ?? throw new InvalidOperationException("Nobody acts for a tenant here.");

    /// <summary>Those that are good, the newest first.</summary>
    public async Task<IReadOnlyList<KeyOnRing>> ListAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT api_key_id AS Id, prefix AS Prefix, name AS Name, scopes AS Scopes, created_at AS CreatedAt,
                expires_at AS ExpiresAt, last_used_at AS LastUsedAt
            FROM tenancy.api_key
            WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @at)
            ORDER BY created_at DESC, api_key_id DESC LIMIT 1000
            """;
        await using var work = await doors.OpenAsync(Tenant, cancellationToken);
        var rows = await work.Connection.QueryAsync<Row>(
            work.Command(sql, new { at = clock.GetUtcNow() }, cancellationToken)
        );
        return [.. rows.Select(row => row.ToListed())];
    }

    /// <summary>Issues one. Of two who want the last one that the plan has room for, one is refused.</summary>
    /// <param name="name">What it is for.</param>
    /// <param name="scope">See <see cref="ApiKeyScopes"/>.</param>
    /// <param name="expiresAt">Null: never.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<FreshKey>> IssueAsync(
        string? name,
        string? scope,
        DateTimeOffset? expiresAt,
        CancellationToken cancellationToken
    )
    {
        var (called, now) = (name?.Trim() ?? "", clock.GetUtcNow());
        var problems = Problems(called, scope, expiresAt - now).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        var most = (await plans.OfAsync(Tenant, cancellationToken)).ApiKeys;
        await using var work = await doors.OpenAsync(Tenant, cancellationToken);
        var room = most ?? MostKeys;
        if (await CountAsync(work, now, cancellationToken) >= room)
        {
            return ApiKeyProblems.TooMany(room);
        }

        var token = ApiKeyToken.New();
        var number = await InsertAsync(work, token, (called, scope!, expiresAt), cancellationToken);
        await TellAsync(work, "key.issued", number, new { scope, expires_at = expiresAt }, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return new FreshKey(number, token.Text);
    }

    /// <summary>Takes one out of use for good.</summary>
    public async Task<Problem?> RevokeAsync(int apiKeyId, CancellationToken cancellationToken)
    {
        await using var work = await doors.OpenAsync(Tenant, cancellationToken);
        var gone = await work.Connection.ExecuteAsync(
            work.Command(
                "UPDATE tenancy.api_key SET revoked_at = @at WHERE api_key_id = @apiKeyId AND revoked_at IS NULL",
                new { at = clock.GetUtcNow(), apiKeyId },
                cancellationToken
            )
        );
        if (gone == 0)
        {
            return ApiKeyProblems.NotFound(apiKeyId);
        }

        await TellAsync(work, "key.revoked", apiKeyId, after: null, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return null;
    }

    private static IEnumerable<Problem> Problems(string name, string? scope, TimeSpan? life)
    {
        if (name.Length is 0 or > LongestName || SafeText.Of(name, LongestName) != name)
        {
            yield return KeyProblems.NameInvalid;
        }

        if (scope is not (ApiKeyScopes.Read or ApiKeyScopes.Write or ApiKeyScopes.Admin))
        {
            yield return KeyProblems.ScopeInvalid;
        }

        if (life is { } span && (span < Soonest || span > Latest))
        {
            yield return KeyProblems.ExpiryInvalid;
        }
    }

    /// <summary>Behind a lock of the tenant's keys, so that nobody else counts at the same time.</summary>
    private static async Task<long> CountAsync(
        TenantSession work,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await work.Connection.ExecuteAsync(
            work.Command("SELECT pg_advisory_xact_lock(7123, storage.tenant())", null, cancellationToken)
        );
        return await work.Connection.ExecuteScalarAsync<long>(
            work.Command(
                "SELECT count(*) FROM tenancy.api_key WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @now)",
                new { now },
                cancellationToken
            )
        );
    }

    private Task<int> InsertAsync(
        TenantSession work,
        ApiKeyToken token,
        (string Name, string Scope, DateTimeOffset? ExpiresAt) wanted,
        CancellationToken cancellationToken
    ) =>
        work.Connection.ExecuteScalarAsync<int>(
            work.Command(
                """
                INSERT INTO tenancy.api_key (tenant_id, prefix, secret_hash, name, scopes, created_at, expires_at)
                VALUES (storage.tenant(), @prefix, @hash, @name, @scopes, @at, @ends) RETURNING api_key_id
                """,
                new
                {
                    prefix = token.Prefix,
                    hash = token.Hash(),
                    name = wanted.Name,
                    scopes = new[] { wanted.Scope },
                    at = clock.GetUtcNow(),
                    ends = wanted.ExpiresAt,
                },
                cancellationToken
            )
        );

    private Task TellAsync(
        TenantSession work,
        string action,
        int apiKeyId,
        object? after,
        CancellationToken cancellationToken
    ) =>
        trail.TellAsync(
            work,
            Tenant,
            new AuditEntry(action, "key", $"{apiKeyId}") { After = after },
            cancellationToken
        );

    /// <summary>Dapper fills arrays into properties, not into constructors.</summary>
    private sealed class Row
    {
        public int Id { get; init; }

        public string Prefix { get; init; } = "";

        public string Name { get; init; } = "";

        public string[] Scopes { get; init; } = [];

        public DateTime CreatedAt { get; init; }

        public DateTime? ExpiresAt { get; init; }

        public DateTime? LastUsedAt { get; init; }

        public KeyOnRing ToListed() =>
            new(
                Id,
                ApiKeyToken.Mark + Prefix,
                SafeText.Of(Name, LongestName),
                ApiKeyScopes.Widest(Scopes),
                Instant(CreatedAt)!.Value,
                Instant(ExpiresAt),
                Instant(LastUsedAt)
            );

        private static DateTimeOffset? Instant(DateTime? at) =>
            at is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : null;
    }
}
