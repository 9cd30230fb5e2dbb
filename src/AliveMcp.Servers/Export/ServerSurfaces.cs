using AliveMcp.Servers.Files;
using AliveMcp.Servers.Objectives;
using AliveMcp.Storage.Export;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Export;

/// <summary>What a tenant takes along of this room: its servers with their settings, their timelines, their planned maintenance. No secret has a column here.</summary>
internal static class ServerSurfaces
{
    private static readonly string[] ServerColumns =
    [
        "server_id",
        "slug",
        "public_slug",
        "name",
        "url",
        "transport",
        "tags",
        "visibility",
        "expects",
        "expected_tools",
        "test_calls",
        "health",
        "timeout_ms",
        "slow_after_ms",
        "cadence",
        "quorum",
        "regions",
        "depends_on",
        "slo_target",
        "slo_window",
        "managed_by",
        "created_at",
        "paused_at",
    ];

    public static IEnumerable<ExportSurface> All =>
        [
            ExportSurface.Of(
                "servers",
                isMonthly: false,
                ServerColumns,
                """
                SELECT server_id, slug, public_slug, name, url, transport, tags, visibility, expects, expected_tools,
                    test_calls::jsonb, health::jsonb, timeout_ms, slow_after_ms, weight, quorum, regions,
                    depends_on, slo_target, slo_window, managed_by, created_at, paused_at
                FROM servers.server WHERE erase_asked_at IS NULL ORDER BY server_id
                """,
                Spell
            ),
            ExportSurface.Of(
                "timeline",
                isMonthly: false,
                ["server_id", "at", "event", "detail"],
                "SELECT server_id, at, kind, detail FROM servers.event ORDER BY server_id, event_id"
            ),
            ExportSurface.Of(
                "maintenance",
                isMonthly: false,
                ["server_id", "from", "to", "note", "rrule", "zone"],
                "SELECT server_id, from_at, to_at, note, rrule, zone FROM servers.maintenance ORDER BY server_id, from_at, maintenance_id"
            ),
            ExportSurface.Of(
                "wide_maintenance",
                isMonthly: false,
                ["tags", "from", "to", "note", "rrule", "zone"],
                "SELECT tags, from_at, to_at, note, rrule, zone FROM servers.wide_maintenance ORDER BY from_at, maintenance_id"
            ),
        ];

    private static object? Spell(string column, object value) =>
        (column, value) switch
        {
            ("transport", short number) => FileWords.Word(FileWords.Transports, (McpTransport)number),
            ("visibility", short number) => FileWords.Word(FileWords.Visibilities, (Visibility)number),
            ("expects", short number) => FileWords.Word(FileWords.Expectations, (ProtectionExpectation)number),
            ("slo_target", int thousandths) => thousandths / 1000m,
            ("slo_window", short number) => ObjectiveWords.Word((ObjectiveWindow)number),
            _ => value,
        };
}
