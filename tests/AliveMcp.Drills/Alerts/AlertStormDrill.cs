using AliveMcp.Drills.Install;

namespace AliveMcp.Drills.Alerts;

/// <summary>Ten servers each of 300 tenants stand behind one host and fail in one minute: how many messages leave. Goal: one a tenant, none twice, resolved once.</summary>
internal static class AlertStormDrill
{
    private const int OfTenant = 10;
    private const int FirstTenant = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync(int tenants, TextWriter output)
    {
        await using var scene = await AlertScene.CreateAsync();
        var servers = new Dictionary<int, int[]>();
        for (var tenant = FirstTenant; tenant < FirstTenant + tenants; tenant++)
        {
            servers[tenant] = await scene.AddTenantAsync(tenant, OfTenant, _ => "https://mcp.shared-cloud.example:443");
        }

        await scene.StartAlerterAsync("alerter-1");
        await scene.StartAlerterAsync("alerter-2");
        await Waiting.ForAsync(
            async () => await scene.ScalarAsync<long>("SELECT count(*) FROM alerting.origin") == tenants * OfTenant,
            Patience,
            "the servers' origins to be known"
        );
        output.WriteLine($"{tenants * OfTenant} servers of {tenants} tenants behind one host fail");
        foreach (var (tenant, own) in servers)
        {
            await scene.BeginAsync(tenant, own);
        }

        await Waiting.ForAsync(
            async () =>
                await scene.ScalarAsync<long>("SELECT count(*) FROM alerting.cluster WHERE closed_at IS NULL") == 1,
            Patience,
            "the cluster to be seen"
        );
        foreach (var (tenant, own) in servers)
        {
            await scene.ConfirmAsync(tenant, own);
        }

        await Waiting.ForAsync(scene.IsSettledAsync, Patience, "every alert to be told");
        var triggered = scene.Got();
        output.WriteLine($"{triggered.Sum(own => own.Count())} messages for {servers.Count * OfTenant} alerts");
        foreach (var tenant in servers.Keys)
        {
            await scene.RecoverAsync(tenant);
        }

        await Waiting.ForAsync(scene.IsSettledAsync, Patience, "every end to be told");
        return await JudgeAsync(scene, tenants, output);
    }

    private static async Task<int> JudgeAsync(AlertScene scene, int tenants, TextWriter output)
    {
        var got = scene.Got();
        var all = got.SelectMany(own => own).ToList();
        var doubled = all.Count - all.DistinctBy(one => (one.Tenant, one.Id)).Count();
        var right = got.Count(own =>
            own.Select(one => one.Type).SequenceEqual(["incident.triggered", "incident.resolved"])
        );
        var clusters = await scene.ScalarAsync<long>("SELECT count(*) FROM alerting.cluster");
        var counted = await scene.ScalarAsync<string>(
            "SELECT tenants || ' tenants, ' || servers || ' servers' FROM alerting.cluster LIMIT 1"
        );
        var met = right == tenants && got.Count == tenants && doubled == 0 && clusters == 1;
        output.WriteLine(
            $"alert-storm {all.Count} messages to {got.Count} tenants ({right} told once and resolved once), {doubled} twice, {clusters} cluster of {counted}; goal {2 * tenants}, 0, 1 {(met ? "ok" : "short")}"
        );
        return 0;
    }
}
