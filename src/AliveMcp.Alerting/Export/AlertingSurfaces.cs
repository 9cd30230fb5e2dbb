using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Storage.Export;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Export;

/// <summary>What a tenant takes along of this room: its sinks without their secrets, its rules, its incidents and what was said of them.</summary>
internal static class AlertingSurfaces
{
    private static readonly string[] IncidentColumns =
    [
        "incident_id",
        "server_id",
        "incident_kind",
        "severity",
        "state",
        "failure_reason",
        "summary",
        "started_at",
        "resolved_at",
        "acknowledged_at",
        "acknowledged_by",
        "excluded_reason",
    ];

    public static IEnumerable<ExportSurface> All =>
        [
            ExportSurface.Of(
                "sinks",
                isMonthly: false,
                [
                    "sink_id",
                    "sink_kind",
                    "name",
                    "settings",
                    "created_at",
                    "verified_at",
                    "disabled_at",
                    "disabled_why",
                ],
                """
                SELECT sink_id, kind, name, settings - 'stop', created_at, verified_at, disabled_at, disabled_why
                FROM alerting.sink ORDER BY sink_id
                """,
                Spell
            ),
            ExportSurface.Of(
                "rules",
                isMonthly: false,
                ["rule_id", "name", "enabled", "servers", "tags", "kinds", "severities", "regions", "quiet", "sinks"],
                """
                SELECT rule_id, name, enabled, servers, tags, array_to_json(kinds), array_to_json(severities), regions,
                    CASE WHEN quiet_zone IS NOT NULL THEN json_build_array(quiet_from, quiet_to, quiet_zone) END,
                    (SELECT coalesce(json_agg(json_build_array(after_minutes, sink_id) ORDER BY after_minutes, sink_id), '[]')
                        FROM alerting.rule_sink AS rung WHERE rung.rule_id = rule.rule_id)
                FROM alerting.rule AS rule ORDER BY rule_id
                """
            ),
            ExportSurface.Of(
                "incidents",
                isMonthly: false,
                IncidentColumns,
                """
                SELECT incident_id, server_id, kind, severity, state, failure_reason, summary, started_at, resolved_at,
                    acknowledged_at, acknowledged_by, excluded_reason
                FROM alerting.incident ORDER BY incident_id
                """,
                Spell
            ),
            ExportSurface.Of(
                "incident_updates",
                isMonthly: false,
                ["incident_id", "at", "update", "text", "author"],
                "SELECT incident_id, at, kind, text, author FROM alerting.incident_update ORDER BY incident_id, update_id"
            ),
        ];

    private static object? Spell(string column, object value) =>
        (column, value) switch
        {
            ("sink_kind", short number) => SinkWords.Of((SinkKind)number),
            ("incident_kind", short number) => ((AlertKind)number).Word(),
            ("severity", short number) => ((Severity)number).ToString(),
            ("failure_reason", short number) => WhyWords.Word((Why)number),
            _ => value,
        };
}
