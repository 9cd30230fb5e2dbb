using AliveMcp.Servers.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Incidents;

/// <summary>The incidents of the scope's tenant.</summary>
public sealed class IncidentQueries
{
    private readonly AlertingDb _db;
    private readonly ServerQueries _servers;

    internal IncidentQueries(AlertingDb db, ServerQueries servers) => (_db, _servers) = (db, servers);

    /// <summary>A page of them, the newest first.</summary>
    public async Task<IReadOnlyList<IncidentLine>> PageAsync(IncidentAsk ask, CancellationToken cancellationToken)
    {
        List<Incident> page;
        await using (await _db.BeginAsync(cancellationToken))
        {
            page = await _db
                .Incidents.AsNoTracking()
                .Where(incident => incident.IncidentId < ask.Before)
                .Where(incident =>
                    ask.IsResolved == null || ask.IsResolved == (incident.State == IncidentState.Resolved)
                )
                .Where(incident => ask.Kind == null || incident.Kind == ask.Kind)
                .Where(incident => ask.Server == null || incident.ServerId == ask.Server)
                .Where(incident => ask.Severity == null || incident.Severity == ask.Severity)
                .OrderByDescending(incident => incident.IncidentId)
                .Take(ask.Take)
                .ToListAsync(cancellationToken);
        }

        var names = await _servers.NamesAsync([.. page.Select(incident => incident.ServerId)], cancellationToken);
        return [.. page.Select(incident => IncidentLine.Of(incident, names.GetValueOrDefault(incident.ServerId)))];
    }

    /// <summary>How many last.</summary>
    /// <param name="most">Counts no further than this.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<int> OpenAsync(int most, CancellationToken cancellationToken)
    {
        await using var transaction = await _db.BeginAsync(cancellationToken);
        return await _db
            .Incidents.Where(incident => incident.State != IncidentState.Resolved)
            .Take(most)
            .CountAsync(cancellationToken);
    }

    /// <summary>One incident with what was said; null when there is none.</summary>
    public async Task<IncidentAnswer?> FindAsync(long id, CancellationToken cancellationToken)
    {
        Incident? found;
        string? regions;
        List<IncidentUpdate> updates;
        await using (await _db.BeginAsync(cancellationToken))
        {
            found = await _db
                .Incidents.AsNoTracking()
                .SingleOrDefaultAsync(incident => incident.IncidentId == id, cancellationToken);
            updates = await _db
                .IncidentUpdates.AsNoTracking()
                .Where(update => update.IncidentId == id)
                .OrderBy(update => update.UpdateId)
                .ToListAsync(cancellationToken);
            regions = await _db
                .Database.SqlQuery<string?>(
                    $"""
                    SELECT (message -> 'regions')::text AS "Value" FROM alerting.alert
                    WHERE incident_id = {id} AND tenant_id = storage.tenant() ORDER BY alert_id LIMIT 1
                    """
                )
                .FirstOrDefaultAsync(cancellationToken);
        }

        if (found is null)
        {
            return null;
        }

        var names = await _servers.NamesAsync([found.ServerId], cancellationToken);
        return new IncidentAnswer(
            IncidentLine.Of(found, names.GetValueOrDefault(found.ServerId)),
            updates.ConvertAll(UpdateLine.Of),
            FailingRegions.Read(regions)
        );
    }
}
