using AliveMcp.Servers.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Incidents;

/// <summary>The incidents of the scope's tenant.</summary>
internal sealed class IncidentQueries(AlertingDb db, ServerQueries servers)
{
    public async Task<IReadOnlyList<IncidentLine>> PageAsync(IncidentAsk ask, CancellationToken cancellationToken)
    {
        List<Incident> page;
        await using (await db.BeginAsync(cancellationToken))
        {
            page = await db
                .Incidents.AsNoTracking()
                .Where(incident => incident.IncidentId < ask.Before)
                .Where(incident =>
                    ask.IsResolved == null || ask.IsResolved == (incident.State == IncidentState.Resolved)
                )
                .Where(incident => ask.Kind == null || incident.Kind == ask.Kind)
                .Where(incident => ask.Server == null || incident.ServerId == ask.Server)
                .OrderByDescending(incident => incident.IncidentId)
                .Take(ask.Take)
                .ToListAsync(cancellationToken);
        }

        var names = await servers.NamesAsync([.. page.Select(incident => incident.ServerId)], cancellationToken);
        return [.. page.Select(incident => IncidentLine.Of(incident, names.GetValueOrDefault(incident.ServerId)))];
    }

    /// <summary>One incident with what was said; null when there is none.</summary>
    public async Task<IncidentAnswer?> FindAsync(long id, CancellationToken cancellationToken)
    {
        Incident? found;
        List<IncidentUpdate> updates;
        await using (await db.BeginAsync(cancellationToken))
        {
            found = await db
                .Incidents.AsNoTracking()
                .SingleOrDefaultAsync(incident => incident.IncidentId == id, cancellationToken);
            updates = await db
                .IncidentUpdates.AsNoTracking()
                .Where(update => update.IncidentId == id)
                .OrderBy(update => update.UpdateId)
                .ToListAsync(cancellationToken);
        }

        if (found is null)
        {
            return null;
        }

        var names = await servers.NamesAsync([found.ServerId], cancellationToken);
        return new IncidentAnswer(
            IncidentLine.Of(found, names.GetValueOrDefault(found.ServerId)),
            updates.ConvertAll(UpdateLine.Of)
        );
    }
}
