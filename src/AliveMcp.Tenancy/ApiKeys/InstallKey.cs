using System.Text;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>The install's own token, for whoever may read the install's own files.</summary>
public sealed class InstallKey(IServiceScopeFactory scopes)
{
    /// <summary>
    /// Sees to it that <paramref name="path"/> holds a good token of the tenant <c>local</c> with the scope <c>write</c>, readable by its
    /// owner alone. A token that is still good stays; one that others could have read is revoked and replaced.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is not ours.</exception>
    public async Task EnsureAsync(string path, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Act(TenantId.Local);
        scope.ServiceProvider.GetRequiredService<ActorScope>().Act(Actor.System);
        var desk = scope.ServiceProvider.GetRequiredService<ApiKeyDesk>();

        var known = await desk.RecogniseAsync(await ReadAsync(path, cancellationToken), cancellationToken);
        var isOurs = known is not null && known.Tenant == TenantId.Local;
        if (isOurs && PrivateFile.IsPrivate(path))
        {
            return;
        }

        if (isOurs)
        {
            await desk.RevokeAsync(known!.ApiKeyId, cancellationToken);
        }

        var token = await desk.IssueAsync("install", [ApiKeyScopes.Write], expiresAt: null, cancellationToken);
        PrivateFile.Write(path, Encoding.ASCII.GetBytes(token.Text + "\n"));
    }

    private static async Task<string?> ReadAsync(string path, CancellationToken cancellationToken) =>
        File.Exists(path) ? (await File.ReadAllTextAsync(path, cancellationToken)).Trim() : null;
}
