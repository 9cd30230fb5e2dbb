using System.Buffers;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Servers.Catalogue;

/// <summary>What a request may see: the servers of its own tenant, if it has one, and the public ones of everybody.</summary>
public sealed class ServerQueries
{
    private static readonly SearchValues<char> SlugLetters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789-"
    );

    private readonly ServersDb _db;
    private readonly Listings _listings;
    private readonly TenantScope _scope;

    internal ServerQueries(ServersDb db, Listings listings, TenantScope scope)
    {
        _db = db;
        _listings = listings;
        _scope = scope;
    }

    /// <summary>
    /// Which server a request means by <paramref name="slug"/>: the own tenant's slug first, then a public slug. Null when there is none
    /// that the request may know of.
    /// </summary>
    public async Task<ServerKey?> ResolveAsync(string slug, CancellationToken cancellationToken) =>
        (await FindAsync(slug, cancellationToken))?.Key;

    /// <summary>As <see cref="ResolveAsync"/>, of the own servers alone: another tenant's public one may be looked at, not looked into.</summary>
    public async Task<ServerKey?> ResolveOwnAsync(string slug, CancellationToken cancellationToken) =>
        await ResolveAsync(slug, cancellationToken) is { } found && found.Tenant == _scope.Tenant ? found : null;

    /// <inheritdoc cref="ResolveAsync"/>
    internal async Task<SeenServer?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        if (slug.AsSpan().ContainsAnyExcept(SlugLetters))
        {
            return null;
        }

        var own = await OwnAsync(servers => servers.Where(server => server.Slug == slug), cancellationToken);
        if (own.Count > 0)
        {
            return own[0];
        }

        var listed = await _listings.FindAsync(slug, cancellationToken);
        if (listed is null || listed.Key.Tenant != _scope.Tenant)
        {
            return listed is null ? null : SeenServer.Of(listed);
        }

        var byPublicSlug = await OwnAsync(
            servers => servers.Where(server => server.PublicSlug == slug),
            cancellationToken
        );
        return byPublicSlug.Count > 0 ? byPublicSlug[0] : null;
    }

    /// <summary>The next servers that a request may know of, by number.</summary>
    /// <param name="after">Only those with a larger number.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<NamedServer>> NamesAsync(
        int after,
        int take,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await PageAsync(after, take, cancellationToken)).Select(server => new NamedServer(
                server.Key,
                server.Slug,
                server.Name
            )),
        ];

    /// <summary>The names of the own servers among these.</summary>
    public async Task<IReadOnlyDictionary<ServerId, NamedServer>> NamesAsync(
        IReadOnlyCollection<ServerId> numbers,
        CancellationToken cancellationToken
    )
    {
        var own = await OwnAsync(
            servers => servers.Where(server => numbers.Contains(server.ServerId)),
            cancellationToken
        );
        return own.ToDictionary(
            server => server.Key.Server,
            server => new NamedServer(server.Key, server.Slug, server.Name)
        );
    }

    /// <summary>The next page, by number.</summary>
    internal async Task<IReadOnlyList<SeenServer>> PageAsync(int after, int take, CancellationToken cancellationToken)
    {
        var own = await OwnAsync(
            servers =>
                servers
                    .Where(server => server.ServerId > new ServerId(after))
                    .OrderBy(server => server.ServerId)
                    .Take(take),
            cancellationToken
        );
        var listed = await _listings.PageAsync(after, take, cancellationToken);
        return
        [
            .. listed
                .Where(server => server.Key.Tenant != _scope.Tenant)
                .Select(SeenServer.Of)
                .Concat(own)
                .OrderBy(server => server.Key.Server)
                .Take(take),
        ];
    }

    private async Task<List<SeenServer>> OwnAsync(
        Func<IQueryable<Server>, IQueryable<Server>> which,
        CancellationToken cancellationToken
    ) => (await _db.OwnAsync(which, cancellationToken)).ConvertAll(SeenServer.Of);
}
