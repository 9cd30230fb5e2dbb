using AliveMcp.Drills.Install;

namespace AliveMcp.Drills.Alerts;

/// <summary>P8: a thousand incidents at once, each of its own host: how long from the outbox until a sink has taken it.</summary>
internal static class AlertLatencyDrill
{
    private const int OfTenant = 4;
    private const int FirstTenant = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const string Percentile = """
        SELECT percentile_cont({0}) WITHIN GROUP (ORDER BY extract(epoch FROM d.ended_at - a.told_at))
        FROM alerting.delivery AS d JOIN alerting.alert AS a USING (alert_id) WHERE d.state = 'sent'
        """;

    public static async Task<int> RunAsync(int incidents, TextWriter output)
    {
        await using var scene = await AlertScene.CreateAsync();
        var servers = new Dictionary<int, int[]>();
        for (var tenant = FirstTenant; tenant < FirstTenant + (incidents / OfTenant); tenant++)
        {
            var number = tenant;
            servers[tenant] = await scene.AddTenantAsync(
                tenant,
                OfTenant,
                n => FormattableString.Invariant($"https://h{n}.alone{number}x{n}.example:443")
            );
        }

        await scene.StartAlerterAsync("alerter");
        foreach (var (tenant, own) in servers)
        {
            await scene.ConfirmAsync(tenant, own);
        }

        await Waiting.ForAsync(scene.IsSettledAsync, Patience, "every alert to be told");
        var p50 = await scene.ScalarAsync<double>(Percentile.Replace("{0}", "0.5", StringComparison.Ordinal));
        var p99 = await scene.ScalarAsync<double>(Percentile.Replace("{0}", "0.99", StringComparison.Ordinal));
        var arrived = scene.Got().Sum(own => own.Count());
        var met = p99 < 5 && arrived == incidents;
        output.WriteLine(
            FormattableString.Invariant(
                $"alert-latency {arrived} of {incidents} delivered, outbox to sink p50 {p50:0.00} s, p99 {p99:0.00} s; goal 5 s {(met ? "ok" : "short")}"
            )
        );
        return 0;
    }
}
