using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Alerting.Incidents;

/// <summary>First bad minutes, as they were read.</summary>
internal static class FirstBadTable
{
    public static async Task WriteAsync(
        NpgsqlTransaction transaction,
        ChangeReport report,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            INSERT INTO alerting.first_bad (server_id, minute, tenant_id, sealed_at, failure_reason, failed_regions, asked_regions)
            SELECT one.server_id, one.minute, one.tenant_id, @ReadAt, one.reason, string_to_array(one.failed, ','), string_to_array(one.asked, ',')
            FROM unnest(@servers, @minutes, @tenants, @reasons, @failed, @asked)
                AS one (server_id, minute, tenant_id, reason, failed, asked)
            ON CONFLICT DO NOTHING
            """;
        var rows = report.FirstBad;
        if (rows.Count == 0)
        {
            return;
        }

        var values = new
        {
            report.ReadAt,
            servers = rows.Select(row => row.Server.Server.Value).ToArray(),
            minutes = rows.Select(row => row.Minute.Value).ToArray(),
            tenants = rows.Select(row => row.Server.Tenant.Value).ToArray(),
            reasons = rows.Select(row => (short)row.Why).ToArray(),
            failed = rows.Select(row =>
                    Names(row.Regions.Where(region => region.State is ServerState.Down or ServerState.Degraded))
                )
                .ToArray(),
            asked = rows.Select(row => Names(row.Regions)).ToArray(),
        };
        await transaction.Connection!.ExecuteAsync(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
    }

    // Arrays of arrays must be of one length in Postgres; names of regions hold no comma.
    private static string Names(IEnumerable<(Region Region, ServerState State)> regions) =>
        string.Join(',', regions.Select(region => region.Region.Name));
}
