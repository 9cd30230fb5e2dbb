using AliveMcp.Alerting.Incidents;
using AliveMcp.Storage.Postgres;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting;

/// <summary>Schema <c>alerting</c>: what people set up and answer. What loops write is written in explicit SQL.</summary>
internal sealed class AlertingDb(DbContextOptions<AlertingDb> options, TenantScope scope) : RoomDb(options, scope)
{
    public DbSet<Incident> Incidents => Set<Incident>();

    public DbSet<IncidentUpdate> IncidentUpdates => Set<IncidentUpdate>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Incident>(Incident.Map);
        modelBuilder.Entity<IncidentUpdate>(IncidentUpdate.Map);
        base.OnModelCreating(modelBuilder);
    }
}
