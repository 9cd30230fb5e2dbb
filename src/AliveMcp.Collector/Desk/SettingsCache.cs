using AliveMcp.Collector.Memory;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Desk;

/// <summary>Ticket settings by server and version: an old version stays what it was, so nothing here grows stale.</summary>
internal sealed class SettingsCache(TicketSettings settings)
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

    public void Forget(ServerId server) => _held.Remove(server);
}
