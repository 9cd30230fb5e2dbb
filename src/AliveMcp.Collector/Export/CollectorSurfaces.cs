using AliveMcp.Storage.Export;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Export;

/// <summary>What a tenant takes along of this room: each tool list that its servers showed, and what was seen of failures.</summary>
internal static class CollectorSurfaces
{
    public static IEnumerable<ExportSurface> All =>
        [
            ExportSurface.Of(
                "contracts",
                isMonthly: false,
                [
                    "server_id",
                    "full_hash",
                    "contract_hash",
                    "first_seen",
                    "tool_count",
                    "url",
                    "protocol_version",
                    "contract",
                ],
                """
                SELECT server_id, full_hash, contract_hash, first_seen, tool_count, url, protocol_version, canonical
                FROM collector.contract_version ORDER BY server_id, first_seen, full_hash
                """,
                (_, value) => value is byte[] packed ? PackedJson.Read(packed) : value
            ),
            ExportSurface.Of(
                "evidence",
                isMonthly: true,
                ["server_id", "minute", "region", "state", "failure_reason", "late", "detail", "seen"],
                """
                SELECT server_id, minute, region, state, why, late, detail, body FROM collector.evidence
                WHERE minute >= @fine AND minute < @to ORDER BY server_id, minute, evidence_id
                """,
                Spell
            ),
        ];

    private static object? Spell(string column, object value) =>
        (column, value) switch
        {
            ("minute", int minute) => new MinuteStamp(minute).ToString(),
            ("state", short state) => StateWords.Word((ServerState)state),
            ("failure_reason", short why) => WhyWords.Word((Why)why),
            ("seen", byte[] packed) => PackedJson.Read(packed),
            _ => value,
        };
}
