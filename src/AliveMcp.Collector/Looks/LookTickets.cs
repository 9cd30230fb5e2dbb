using System.Text.Json;
using AliveMcp.Collector.Desk;
using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Memory;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Looks;

/// <summary>Makes tickets of the looks that wait: who asked waits for a prober, and for nothing that is planned.</summary>
internal sealed class LookTickets(
    RedisDoor redis,
    TellScript tell,
    SettingsCache settings,
    ServerMemories memories,
    DeskKey key
)
{
    /// <param name="caller">Whose prober asks.</param>
    /// <param name="prober">Its name.</param>
    /// <param name="lease">What has left the queue; if it is lost now, its asker is told so.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<IReadOnlyList<ProbeTicket>> MakeAsync(
        WatchRegion caller,
        string prober,
        LookLease lease,
        CancellationToken cancellationToken
    )
    {
        var tickets = new List<ProbeTicket>(lease.Looks.Count);
        foreach (var look in lease.Looks)
        {
            if (
                await OrderAsync(look) is { } order
                && lease.Now - order.AskedAt < LookTimes.Taken
                && (caller.Tenant is not { } tenant || tenant == order.Server.Tenant)
                && await MakeAsync(look, order, prober, cancellationToken) is { } ticket
                && await tell.RunAsync(look, ("t", prober)) == 1
            )
            {
                tickets.Add(ticket);
            }
        }

        return tickets;
    }

    private async Task<LookOrder?> OrderAsync(LookId look)
    {
        var json = (byte[]?)await redis.Database.HashGetAsync(CollectorKeys.Look(look.Region, look.Secret), "o");
        return json is null ? null : JsonSerializer.Deserialize(json, LookJson.Default.LookOrder);
    }

    private async Task<ProbeTicket?> MakeAsync(
        LookId look,
        LookOrder order,
        string prober,
        CancellationToken cancellationToken
    )
    {
        var server = order.Server;
        var found = await settings.OfAsync([(server.Server, order.SettingsVersion)], cancellationToken);
        if (!found.TryGetValue(server.Server, out var known) || known.Key != server)
        {
            return null;
        }

        var shown = await settings.CredentialsOfAsync([known], cancellationToken);
        if (known.HasCredential && !shown.ContainsKey(server))
        {
            return null;
        }

        var memory = await memories.OfAsync([(server, known.Url.OriginalString)], cancellationToken);
        var signer = await key.SignerAsync(cancellationToken);
        return new ProbeTicket
        {
            Server = server,
            Minute = MinuteStamp.Of(order.AskedAt),
            Region = look.Region,
            Order = TicketMaker.LookOrder(look.Region, order.AskedAt, known, memory[server.Server]) with
            {
                Credential = shown.GetValueOrDefault(server),
            },
            LastEndIn = known.Limits.Total + LookTimes.Room,
            Look = look.ToString(),
            Isolated = order.Isolated || known.HasCredential,
            Signature = signer.SignLook(prober, server, look.Region, look.ToString()),
        };
    }
}

/// <param name="Now">On the path's one clock.</param>
/// <param name="Dropped">Looks that waited for too long.</param>
/// <param name="Looks">What was taken.</param>
internal sealed record LookLease(DateTimeOffset Now, int Dropped, IReadOnlyList<LookId> Looks);
