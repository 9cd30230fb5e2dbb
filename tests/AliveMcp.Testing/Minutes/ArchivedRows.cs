using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using Dapper;

namespace AliveMcp.Testing.Minutes;

/// <summary>Stands for the archiver where only its outcome matters: hot minutes, written without a way through Redis.</summary>
public sealed class ArchivedRows(PostgresDoors doors)
{
    /// <summary>Keeps a verdict as the drain would.</summary>
    public async Task KeepAsync(VerdictMinute verdict)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "SELECT archive.make_minute_day(@day)",
            new { day = verdict.Minute.Value / 1440 }
        );
        await connection.ExecuteAsync(
            """
            INSERT INTO archive.verdict_minute (minute, server_id, tenant_id, state, why, weight, maintenance, packed)
            VALUES (@minute, @server, @tenant, @state, @why, @weight, @maintenance, @packed)
            """,
            new
            {
                minute = verdict.Minute.Value,
                server = verdict.Server.Server.Value,
                tenant = verdict.Server.Tenant.Value,
                state = (short)verdict.State,
                why = (short)verdict.Why,
                weight = (short)verdict.Plan.Weight,
                maintenance = verdict.Plan.Maintenance,
                packed = VerdictCodec.Pack(verdict),
            }
        );
    }
}
