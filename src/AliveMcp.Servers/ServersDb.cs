using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Maintenance;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Servers;

/// <summary>Schema <c>servers</c>.</summary>
internal sealed class ServersDb(DbContextOptions<ServersDb> options, TenantScope scope) : RoomDb(options, scope)
{
    /// <summary>Any number that the other advisory locks of the house do not use: changes of one tenant's servers come one after another.</summary>
    private const int LockKey = 0x5356;

    private readonly TenantScope _scope = scope;

    public DbSet<Server> Servers => Set<Server>();

    public DbSet<ServerEvent> Events => Set<ServerEvent>();

    public DbSet<MaintenanceWindow> Maintenance => Set<MaintenanceWindow>();

    public DbSet<WideWindow> WideMaintenance => Set<WideWindow>();

    public DbSet<PublicListing> Listings => Set<PublicListing>();

    /// <summary>The servers of whoever asks, in a transaction of its own; none for a stranger, and none that is to be erased.</summary>
    public async Task<List<Server>> OwnAsync(
        Func<IQueryable<Server>, IQueryable<Server>> which,
        CancellationToken cancellationToken
    )
    {
        if (_scope.Tenant is null)
        {
            return [];
        }

        await using var transaction = await BeginAsync(cancellationToken);
        return await which(Servers.AsNoTracking().Where(server => server.EraseAskedAt == null))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Until the end of the transaction nobody else changes the tenant's servers.</summary>
    public Task LockAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey}, {tenant.Value})", cancellationToken);

    /// <summary>Puts an event on the server's timeline.</summary>
    public void Note(Server server, string kind, DateTimeOffset at, string detail = "{}") =>
        Events.Add(
            new ServerEvent
            {
                TenantId = server.TenantId,
                ServerId = server.ServerId,
                Kind = kind,
                At = at,
                Detail = detail,
            }
        );

    /// <summary>Tells that the server's watching is from the next minute on as it stands now.</summary>
    public void TellWatch(Server server, DateTimeOffset now)
    {
        var from = MinuteStamp.Of(now) + 1;
        var weight = server.PausedAt is null ? (int?)server.Weight : null;
        Tell(server.TenantId, ServerTopics.Watch, new WatchChanged(server.ServerId.Value, from.Value, weight));
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Server>(Server.Map);
        modelBuilder.Entity<ServerEvent>(ServerEvent.Map);
        modelBuilder.Entity<MaintenanceWindow>(MaintenanceWindow.Map);
        modelBuilder.Entity<WideWindow>(WideWindow.Map);
        modelBuilder.Entity<PublicListing>(PublicListing.Map);
        base.OnModelCreating(modelBuilder);
    }
}
