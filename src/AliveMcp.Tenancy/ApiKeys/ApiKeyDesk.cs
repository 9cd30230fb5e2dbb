using System.Globalization;
using System.Security.Cryptography;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>Gives keys out and recognises them.</summary>
internal sealed class ApiKeyDesk(TenancyDb db, TenantScope scope, TimeProvider clock)
{
    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);

    /// <summary>Compared with when there is no such prefix, so that both answers take the same work.</summary>
    private static readonly byte[] Nobody = new byte[SHA256.HashSizeInBytes];

    /// <summary>Makes a key for the scope's tenant. The token is told once, here.</summary>
    public async Task<ApiKeyToken> IssueAsync(
        string name,
        string[] scopes,
        DateTimeOffset? expiresAt,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await db.BeginAsync(cancellationToken);
        var token = ApiKeyToken.New();
        var key = new ApiKey
        {
            TenantId = scope.Tenant!.Value,
            Prefix = token.Prefix,
            SecretHash = token.Hash(),
            Name = name,
            Scopes = scopes,
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = expiresAt,
        };
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(cancellationToken);
        var after = new
        {
            key.Prefix,
            key.Scopes,
            key.ExpiresAt,
        };
        db.Audit(new AuditEntry("key.issued", "key", Id(key.ApiKeyId)) { After = after });
        await transaction.CommitAsync(cancellationToken);
        return token;
    }

    /// <summary>Null when the token is malformed, unknown, wrong, expired or revoked: the caller is not told which.</summary>
    public async Task<RecognisedKey?> RecogniseAsync(string? text, CancellationToken cancellationToken)
    {
        if (!ApiKeyToken.TryParse(text, out var token))
        {
            return null;
        }

        var key = await FindAsync(token.Prefix, cancellationToken);
        var isTheSecret = CryptographicOperations.FixedTimeEquals(key?.SecretHash ?? Nobody, token.Hash());
        return key is not null && isTheSecret && key.IsGood(clock.GetUtcNow())
            ? new RecognisedKey(key.ApiKeyId, key.TenantId, key.Scopes)
            : null;
    }

    /// <summary>Notes, at most once a minute, that a key of the scope's tenant was used.</summary>
    public async Task NoteUseAsync(int apiKeyId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var before = now - UseIsNotedEvery;
        await using var transaction = await db.BeginAsync(cancellationToken);
        await db
            .ApiKeys.Where(key => key.ApiKeyId == apiKeyId && (key.LastUsedAt == null || key.LastUsedAt < before))
            .ExecuteUpdateAsync(change => change.SetProperty(key => key.LastUsedAt, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Takes a key of the scope's tenant out of use for good.</summary>
    public async Task RevokeAsync(int apiKeyId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.BeginAsync(cancellationToken);
        var revoked = await db
            .ApiKeys.Where(key => key.ApiKeyId == apiKeyId && key.RevokedAt == null)
            .ExecuteUpdateAsync(change => change.SetProperty(key => key.RevokedAt, now), cancellationToken);
        if (revoked > 0)
        {
            db.Audit(new AuditEntry("key.revoked", "key", Id(apiKeyId)));
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static string Id(int apiKeyId) => apiKeyId.ToString(CultureInfo.InvariantCulture);

    /// <summary>The tenant is what the key tells us, so it cannot be named before: the function looks past row security, by prefix only.</summary>
    private Task<ApiKey?> FindAsync(string prefix, CancellationToken cancellationToken) =>
        db
            .ApiKeys.FromSql($"SELECT * FROM tenancy.find_api_key({prefix})")
            .IgnoreQueryFilters([RoomDb.TenantFilter])
            .AsNoTracking()
            .SingleOrDefaultAsync(cancellationToken);
}
