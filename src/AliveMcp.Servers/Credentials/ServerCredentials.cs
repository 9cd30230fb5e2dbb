using System.Text.Json;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AliveMcp.Servers.Credentials;

/// <summary>
/// What probes show at the doors of the servers of the scope's tenant. It is put in and taken out here; nobody reads it back, and only the
/// desk opens it, for a ticket of that server. Another tenant's server is not found.
/// </summary>
public sealed class ServerCredentials
{
    private readonly ServersDb _db;
    private readonly SecretVault _vault;
    private readonly TenantScope _scope;
    private readonly TimeProvider _clock;

    internal ServerCredentials(ServersDb db, SecretVault vault, TenantScope scope, TimeProvider clock) =>
        (_db, _vault, _scope, _clock) = (db, vault, scope, clock);

    /// <summary>Whether a server has a credential, of what kind, since when; null: there is no such server.</summary>
    public async Task<CredentialStanding?> DescribeAsync(string slug, CancellationToken cancellationToken)
    {
        var found = await _db.OwnAsync(
            servers => servers.Where(server => server.Slug == slug).Take(1),
            cancellationToken
        );
        return found.Count == 0 ? null : CredentialStanding.Of(found[0]);
    }

    /// <summary>Puts a credential in, over the one before. Probes show it from the next planned minute on.</summary>
    /// <param name="slug">The own slug.</param>
    /// <param name="body">The body of the request: <c>kind</c>, <c>secret</c>, by kind <c>header_name</c>, <c>user</c>, <c>token_endpoint</c>, <c>issuer</c>, <c>scope</c>, and <c>ends</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What may be told of it; or <c>server_not_found</c>, <c>secrets_not_configured</c>, or every problem by its field.</returns>
    public async Task<Result<CredentialStanding>> SetAsync(
        string slug,
        JsonElement body,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await _db.BeginAsync(cancellationToken);
        if (await FindAsync(slug, cancellationToken) is not { } server)
        {
            return CredentialProblems.NoServer(slug);
        }

        var read = CredentialReader.Read(body, $"cred-{server.ServerId}-{server.CredentialNumber + 1}");
        if (!read.TryGet(out var credential))
        {
            return read.Problems.ToList();
        }

        if (!_vault.IsReady)
        {
            return CredentialProblems.NotReady;
        }

        var secret = JsonSerializer.SerializeToUtf8Bytes(credential, DeskJson.Default.ProbeCredential);
        var place = new SecretPlace(new ServerKey(server.TenantId, server.ServerId), ProbeCredentials.Purpose);
        var now = _clock.GetUtcNow();
        await _vault.PutAsync(transaction.GetDbTransaction(), place, secret, now, cancellationToken);
        return await KeepAsync(transaction, server, credential, cancellationToken);
    }

    /// <summary>Takes a server's credential out for good: from the next planned minute on it is looked at as a stranger does.</summary>
    /// <returns>What may be told; or <c>server_not_found</c>. Taking out what is not there changes nothing.</returns>
    public async Task<Result<CredentialStanding>> RemoveAsync(string slug, CancellationToken cancellationToken)
    {
        await using var transaction = await _db.BeginAsync(cancellationToken);
        if (await FindAsync(slug, cancellationToken) is not { } server)
        {
            return CredentialProblems.NoServer(slug);
        }

        if (server.Credential is null)
        {
            return CredentialStanding.Of(server);
        }

        var place = new SecretPlace(new ServerKey(server.TenantId, server.ServerId), ProbeCredentials.Purpose);
        await SecretVault.RemoveAsync(transaction.GetDbTransaction(), place, cancellationToken);
        return await KeepAsync(transaction, server, null, cancellationToken);
    }

    private async Task<Server?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        await _db.LockAsync(_scope.Tenant!.Value, cancellationToken);
        return await _db.Servers.SingleOrDefaultAsync(
            server => server.EraseAskedAt == null && server.Slug == slug,
            cancellationToken
        );
    }

    private async Task<CredentialStanding> KeepAsync(
        IDbContextTransaction transaction,
        Server server,
        ProbeCredential? credential,
        CancellationToken cancellationToken
    )
    {
        var before = StateOf(server);
        server.Show(credential, _clock.GetUtcNow());
        await _db.SaveChangesAsync(cancellationToken);
        _db.Audit(
            new AuditEntry(
                credential is null ? "credential.removed" : "credential.set",
                "server",
                server.ServerId.ToString()
            )
            {
                Before = before,
                After = StateOf(server),
            }
        );
        await transaction.CommitAsync(cancellationToken);
        return CredentialStanding.Of(server);
    }

    /// <summary>The credential's name and kind: a hash of the secret itself would be something to guess by.</summary>
    private static object StateOf(Server server) => new { server.CredentialNumber, server.Credential };
}
