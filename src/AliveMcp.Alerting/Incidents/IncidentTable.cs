using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Incidents;

/// <summary>Incidents and their updates, as loops write them: many in a statement.</summary>
internal static class IncidentTable
{
    /// <summary>Opens incidents that are not there; those that are, or whose server is erased, are not among the answers.</summary>
    public static async Task<Dictionary<IncidentName, long>> OpenAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<ReportedChange> opened,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            INSERT INTO alerting.incident (tenant_id, server_id, kind, severity, state, failure_reason, summary, started_at, confirmed_in, opened_at)
            SELECT one.tenant_id, one.server_id, one.kind, one.severity, one.state, one.reason, one.summary, one.started_at, one.confirmed_in, @now
            FROM unnest(@tenants, @servers, @kinds, @severities, @states, @reasons, @summaries, @starts, @confirmed)
                AS one (tenant_id, server_id, kind, severity, state, reason, summary, started_at, confirmed_in)
            ON CONFLICT DO NOTHING
            RETURNING incident_id AS Id, server_id AS Server, kind AS Kind, confirmed_in AS ConfirmedIn
            """;
        if (opened.Count == 0)
        {
            return [];
        }

        var values = new
        {
            now,
            tenants = opened.Select(one => one.Change.Server.Tenant.Value).ToArray(),
            servers = opened.Select(one => one.Change.Server.Server.Value).ToArray(),
            kinds = opened.Select(one => (short)one.Change.Kind).ToArray(),
            severities = opened.Select(one => (short)one.Change.Severity).ToArray(),
            states = opened
                .Select(one => one.Change.IsFlapping ? IncidentState.Flapping : IncidentState.Open)
                .ToArray(),
            reasons = opened.Select(one => (short)one.Change.Reason).ToArray(),
            summaries = opened.Select(one => IncidentWords.Summary(one)).ToArray(),
            starts = opened.Select(one => one.Change.StartedIn.Start).ToArray(),
            confirmed = opened.Select(one => one.Change.ConfirmedIn.Value).ToArray(),
        };
        var rows = await transaction.Connection!.QueryAsync<Row>(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => row.Name, row => row.Id);
    }

    /// <summary>Moves incidents that last on to another state; those that are over are not among the answers.</summary>
    public static async Task<IReadOnlyDictionary<IncidentName, long>> ChangeAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<ReportedChange> changed,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            UPDATE alerting.incident SET state = one.state, resolved_at = one.ended_at, severity = LEAST(incident.severity, one.severity)
            FROM unnest(@servers, @kinds, @confirmed, @states, @ends, @severities)
                AS one (server_id, kind, confirmed_in, state, ended_at, severity)
            WHERE incident.server_id = one.server_id AND incident.kind = one.kind AND incident.confirmed_in = one.confirmed_in
                AND incident.state <> 'resolved'
            RETURNING incident_id AS Id, incident.server_id AS Server, incident.kind AS Kind, incident.confirmed_in AS ConfirmedIn
            """;
        if (changed.Count == 0)
        {
            return new Dictionary<IncidentName, long>();
        }

        var values = new
        {
            servers = changed.Select(one => one.Change.Server.Server.Value).ToArray(),
            kinds = changed.Select(one => (short)one.Change.Kind).ToArray(),
            confirmed = changed.Select(one => one.Change.ConfirmedIn.Value).ToArray(),
            states = changed.Select(one => StateOf(one.Change)).ToArray(),
            ends = changed.Select(one => one.Change.EndedIn?.Start).ToArray(),
            // What comes nearer may become graver, and nothing that is told becomes lighter.
            severities = changed
                .Select(one => (short)(one.Change.Act == ChangeAct.Nearer ? one.Change.Severity : Severity.P4))
                .ToArray(),
        };
        var rows = await transaction.Connection!.QueryAsync<Row>(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => row.Name, row => row.Id);
    }

    /// <summary>Adds our own words to the incidents.</summary>
    public static Task SayAsync(
        NpgsqlTransaction transaction,
        IReadOnlyList<(ReportedChange Change, long Id)> told,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            INSERT INTO alerting.incident_update (tenant_id, server_id, incident_id, at, kind, text)
            SELECT one.tenant_id, one.server_id, one.incident_id, @now, one.kind, one.text
            FROM unnest(@tenants, @servers, @ids, @kinds, @texts) AS one (tenant_id, server_id, incident_id, kind, text)
            """;
        var values = new
        {
            now,
            tenants = told.Select(one => one.Change.Change.Server.Tenant.Value).ToArray(),
            servers = told.Select(one => one.Change.Change.Server.Server.Value).ToArray(),
            ids = told.Select(one => one.Id).ToArray(),
            kinds = told.Select(one => IncidentWords.UpdateKind(one.Change.Change.Act)).ToArray(),
            texts = told.Select(one => IncidentWords.Summary(one.Change)).ToArray(),
        };
        return transaction.Connection!.ExecuteAsync(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
    }

    private static string StateOf(StatusChange change) =>
        change.EndedIn is not null ? IncidentState.Resolved
        : change.IsFlapping ? IncidentState.Flapping
        : IncidentState.Open;

    private readonly record struct Row(long Id, int Server, short Kind, int ConfirmedIn)
    {
        public IncidentName Name => new(new ServerId(Server), (AlertKind)Kind, new MinuteStamp(ConfirmedIn));
    }
}
