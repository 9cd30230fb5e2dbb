using AliveMcp.Collector.Memory;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Credentials;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Desk;

/// <summary>Ticket settings by server and version: an old version stays what it was, so nothing here grows stale.</summary>
internal sealed class SettingsCache(TicketSettings settings, ProbeCredentials credentials)
{
    private readonly Recent<ServerId, WatchSettings> _held = new(200_000);

    /// <summary>Settings of at least the asked version. Servers that were erased meanwhile are missing.</summary>
    public async Task<IReadOnlyDictionary<ServerId, WatchSettings>> OfAsync(
        IReadOnlyCollection<(ServerId Server, int Version)> wanted,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<ServerId, WatchSettings>(wanted.Count);
        var missing = new List<ServerId>();
        foreach (var (server, version) in wanted)
        {
            if (_held.TryGet(server, out var held) && held.SettingsVersion >= version)
            {
                found[server] = held;
            }
            else
            {
                missing.Add(server);
            }
        }

        if (missing.Count > 0)
        {
            foreach (var (server, read) in await settings.ForAsync(missing, cancellationToken))
            {
                _held.Set(server, read);
                found[server] = read;
            }
        }

        return found;
    }

    /// <summary>What the probes of those servers show that have a credential. It is opened for these tickets and held no longer than they are made.</summary>
    public Task<IReadOnlyDictionary<ServerKey, ProbeCredential>> CredentialsOfAsync(
        IEnumerable<WatchSettings> servers,
        CancellationToken cancellationToken
    ) =>
        credentials.OpenAsync(
            [.. servers.Where(server => server.HasCredential).Select(server => server.Key)],
            cancellationToken
        );

    public void Forget(ServerId server) => _held.Remove(server);
}
