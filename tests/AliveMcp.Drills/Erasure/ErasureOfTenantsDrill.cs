using System.Globalization;
using AliveMcp.Drills.Install;
using AliveMcp.Servers.Erasure;
using Dapper;

namespace AliveMcp.Drills.Erasure;

/// <summary>
/// Made-up tenants, each with a row on every surface, are erased on a running install; all tables and Redis are looked through by name for
/// what is left of them.
/// </summary>
internal static class ErasureOfTenantsDrill
{
    public static async Task<int> RunAsync(int tenants, TextWriter output)
    {
        await using var install = await DrillInstall.CreateAsync("local");
        await install.StartHostAsync("all");
        var storage = install.Storage;
        var servers = new ServerEraser(storage.Doors);
        var traces = new ErasureTraces(storage.Doors);
        var drill = new ErasureDrill(
            storage.Doors,
            storage.Redis,
            new TenantEraser(storage.Doors, servers),
            traces,
            TimeProvider.System
        );
        var (rows, surfaces, failed) = (0L, 0, 0);
        for (var tenant = 0; tenant < tenants; tenant++)
        {
            var outcome = await drill.RunAsync(CancellationToken.None);
            rows += outcome.Planted.Sum(surface => surface.Rows);
            surfaces = Math.Max(surfaces, outcome.Planted.Count);
            failed += outcome.IsOk ? 0 : 1;
            if (!outcome.IsOk)
            {
                output.WriteLine($"{outcome.Server}: {outcome}");
            }
        }

        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync();
        var receipts = await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM erasure.receipt");
        output.WriteLine(
            $"{tenants} made-up tenants, {rows} rows on {surfaces} surfaces, {receipts} receipts, {failed} with something left"
        );
        var met = failed == 0 && receipts == 2 * tenants;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"erasure {failed} left, {receipts} receipts; goal 0, {2 * tenants} {(met ? "ok" : "short")}"
            )
        );
        return 0;
    }
}
