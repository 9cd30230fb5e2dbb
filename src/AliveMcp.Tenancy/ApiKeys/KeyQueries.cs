using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>Which keys the scope's tenant has; never a token.</summary>
internal sealed class KeyQueries(TenancyDb db)
{
    /// <summary>The next keys by number, those that are revoked or over included.</summary>
    public async Task<IReadOnlyList<ListedKey>> PageAsync(int after, int take, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginAsync(cancellationToken);
        var keys = await db
            .ApiKeys.AsNoTracking()
            .Where(key => key.ApiKeyId > after)
            .OrderBy(key => key.ApiKeyId)
            .Take(take)
            .ToListAsync(cancellationToken);
        return [.. keys.Select(ListedKey.Of)];
    }

    /// <summary>Null when the tenant has no such key.</summary>
    public async Task<ListedKey?> FindAsync(int id, CancellationToken cancellationToken) =>
        (await PageAsync(id - 1, 1, cancellationToken)).FirstOrDefault(key => key.Id == id);

    /// <summary>The key whose token was just told.</summary>
    public async Task<ListedKey> OfAsync(ApiKeyToken token, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginAsync(cancellationToken);
        return ListedKey.Of(
            await db.ApiKeys.AsNoTracking().SingleAsync(key => key.Prefix == token.Prefix, cancellationToken)
        );
    }

    /// <summary>How many keys of the tenant are good.</summary>
    public async Task<int> CountAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginAsync(cancellationToken);
        return await db.ApiKeys.CountAsync(
            key => key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now),
            cancellationToken
        );
    }
}
