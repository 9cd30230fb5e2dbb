using AliveMcp.Archive.Hours;
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

    /// <summary>Keeps a closed hour of one server as the closer would, without moving the progress.</summary>
    public async Task CloseHourAsync(IReadOnlyCollection<VerdictMinute> minutes)
    {
        var row = HourRow.Of(minutes);
        var packed = row.Pack();
        await using var connection = await doors.AllTenants.OpenConnectionAsync();
        var values = new
        {
            server = row.Rollup.Server.Server.Value,
            tenant = row.Rollup.Server.Tenant.Value,
            hour = row.Rollup.At,
            retention = (short)row.Rollup.Retention,
            minutes = (short)row.Rollup.Parts,
            live = (short)row.Rollup.Weights.Live,
            row.Rollup.Tries,
            row.Rollup.FailedTries,
            packed.Latency,
            kept = packed.Own[0],
            regions = packed.Own[1],
        };
        await connection.ExecuteAsync("SELECT archive.make_hour_month(@retention, @hour)", values);
        await connection.ExecuteAsync(
            """
            INSERT INTO archive.verdict_hour (server_id, hour, tenant_id, retention, minutes, live, degraded, down, unknown, maintenance,
                tries, failed_tries, packed, latency, regions)
            VALUES (@server, @hour, @tenant, @retention, @minutes, @live, 0, 0, 0, 0, @Tries, @FailedTries, @kept, @Latency, @regions)
            """,
            values
        );
    }
}
