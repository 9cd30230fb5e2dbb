using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>The servers of whoever asks: another tenant's public server may be looked at, not looked into.</summary>
internal sealed class OwnServers(ServerQueries servers, TenantScope scope)
{
    /// <summary>By the own slug or the public one; null when it is not an own server.</summary>
    public async Task<ServerKey?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        var found = await servers.ResolveAsync(slug, cancellationToken);
        return found?.Tenant == scope.Tenant ? found : null;
    }
}
