using System.Text.Json;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Servers.Credentials;

/// <summary>Opens credentials for the desk, as it hands out tickets of these servers. For nobody else.</summary>
public sealed class ProbeCredentials(SecretVault vault)
{
    internal const string Purpose = "probe";

    /// <summary>The credentials of these servers, in one query. One that cannot be opened is missing: no probe of that server then, rather than one that looks as a stranger.</summary>
    public async Task<IReadOnlyDictionary<ServerKey, ProbeCredential>> OpenAsync(
        IReadOnlyCollection<ServerKey> servers,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(servers);
        if (servers.Count == 0)
        {
            return new Dictionary<ServerKey, ProbeCredential>();
        }

        var opened = await vault.OpenAsync(servers, Purpose, cancellationToken);
        return opened.ToDictionary(
            secret => secret.Key,
            secret => JsonSerializer.Deserialize(secret.Value, DeskJson.Default.ProbeCredential)!
        );
    }
}
