using AliveMcp.Storage.Postgres;
using Dapper;

namespace AliveMcp.Collector.Intake;

/// <summary>Table <c>collector.evidence</c>: the newest rows of each server, a hundred at most.</summary>
internal sealed class EvidenceTable(PostgresDoors postgres)
{
    public async Task AddAsync(EvidenceRow row, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO collector.evidence (tenant_id, server_id, minute, region, state, why, late, detail, body)
            SELECT @tenant, @server, @minute, @region, @state, @why, @late, @detail, @body
            WHERE NOT EXISTS (SELECT FROM erasure.tombstone WHERE server_id = @server);
            DELETE FROM collector.evidence WHERE server_id = @server AND evidence_id <= (
                SELECT evidence_id FROM collector.evidence WHERE server_id = @server
                ORDER BY evidence_id DESC OFFSET 100 LIMIT 1);
            """;
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(
                sql,
                new
                {
                    tenant = row.Server.Tenant.Value,
                    server = row.Server.Server.Value,
                    minute = row.Minute.Value,
                    region = row.Entry.Region.Name,
                    state = (short)row.Entry.State,
                    why = (short)row.Entry.Why,
                    late = row.Late,
                    detail = row.Detail,
                    body = row.Body,
                },
                cancellationToken: cancellationToken
            )
        );
    }
}
