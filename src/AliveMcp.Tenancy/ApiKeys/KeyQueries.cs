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
}
