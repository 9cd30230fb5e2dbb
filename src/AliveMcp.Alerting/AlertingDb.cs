using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Incidents.ByHand;
using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Rules;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Alerting.Sinks.Proofs;
using AliveMcp.Storage.Postgres;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting;

/// <summary>Schema <c>alerting</c>: what people set up and answer. What loops write is written in explicit SQL.</summary>
internal sealed class AlertingDb(DbContextOptions<AlertingDb> options, TenantScope scope) : RoomDb(options, scope)
{
    public DbSet<Incident> Incidents => Set<Incident>();

    public DbSet<IncidentUpdate> IncidentUpdates => Set<IncidentUpdate>();

    public DbSet<Sink> Sinks => Set<Sink>();

    public DbSet<SinkProof> Proofs => Set<SinkProof>();

    public DbSet<Rule> Rules => Set<Rule>();

    /// <summary>Tells the alerter what somebody did about an incident of the scope's tenant; after the row that says it has its number.</summary>
    public void TellByHand(Incident incident, AlertType type, IncidentUpdate said) =>
        Tell(
            incident.TenantId,
            HandTopics.Done,
            new DoneByHand(incident.ServerId.Value, incident.IncidentId, (byte)type, said.UpdateId)
        );

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Incident>(Incident.Map);
        modelBuilder.Entity<IncidentUpdate>(IncidentUpdate.Map);
        modelBuilder.Entity<Sink>(Sink.Map);
        modelBuilder.Entity<SinkProof>(SinkProof.Map);
        modelBuilder.Entity<Rule>(Rule.Map);
        modelBuilder.Entity<RuleSink>(RuleSink.Map);
        base.OnModelCreating(modelBuilder);
    }
}
