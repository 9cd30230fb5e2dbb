using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using Dapper;

namespace AliveMcp.Bench.PublicReads;

/// <summary>A public server with ninety days of history and an hour of minutes: a page of common size.</summary>
internal static class KnownServer
{
    private const string Slug = "northwind-flights";
    private const int Server = 7;

    /// <returns>Its public slug.</returns>
    public static async Task<string> MakeAsync(TestStorage storage)
    {
        var now = MinuteStamp.Of(await storage.Clock.NowAsync());
        var values = new
        {
            slug = Slug,
            server = Server,
            today = now.Value / 1440,
        };
        await using (var connection = await storage.Doors.AllTenants.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(Rows, values);
        }

        var (rows, log) = (new ArchivedRows(storage.Doors), new SealedLog(storage.Redis));
        var verdict = Verdicts.Live(Verdicts.Local(Server), now - 60);
        for (var minute = now - 60; minute < now - 1; minute += 1)
        {
            await rows.KeepAsync(verdict with { Plan = verdict.Plan with { Minute = minute } });
        }

        await log.SealAsync(verdict with { Plan = verdict.Plan with { Minute = now - 2 } });
        // What a seal leaves beside it: by this field alone a reader sees that nothing is newer.
        await storage.Redis.Database.HashSetAsync(HandoverKeys.Hot(verdict.Server.Server), "am", now.Value - 2);
        return Slug;
    }

    private const string Rows = """
        INSERT INTO servers.public_listing (public_slug, tenant_id, server_id, name, display_url, tags, paused)
        VALUES (@slug, 2, @server, 'Northwind Flights', 'https://mcp.northwind.example', '{travel,booking}', false);
        SELECT archive.make_day_year(2::smallint, day) FROM (VALUES (@today - 90), (@today)) AS edges (day);
        INSERT INTO archive.verdict_day (server_id, day, tenant_id, retention, hours, live, degraded, down, unknown, maintenance,
            tries, failed_tries, latency)
        SELECT @server, day, 2, 2, 24, 1430 - day % 7, day % 5, day % 3, 2, 0, 1440, 3, ''
        FROM generate_series(@today - 90, @today - 1) AS day;
        INSERT INTO archive.watch_period (server_id, from_minute, weight, tenant_id)
        VALUES (@server, (@today - 90) * 1440, 1, 2);
        UPDATE archive.progress SET packed_day = @today - 1, packed_hour = @today * 24 - 1;
        """;
}
