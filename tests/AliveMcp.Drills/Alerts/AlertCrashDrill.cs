using AliveMcp.Drills.Archive;
using AliveMcp.Drills.Install;
using AliveMcp.Testing.Processes;

namespace AliveMcp.Drills.Alerts;

/// <summary>
/// kill -9 of the alerter at each of its steps, held there by a lock from outside, and sinks that are away. No alert may be lost. A message
/// comes again only where the process died between a sink's answer and our row, and then under the same id, by which its reader knows it.
/// </summary>
internal static class AlertCrashDrill
{
    private const int Tenants = 20;
    private const int FirstTenant = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Where it is held: a name, what is locked, the statement that stands before the lock.</summary>
    private static readonly (string Name, string Lock, string Statement)[] Steps =
    [
        ("before the rules", "LOCK TABLE alerting.rule IN ACCESS EXCLUSIVE MODE", "SELECT rule_id"),
        ("before the deliveries", "LOCK TABLE alerting.delivery IN SHARE MODE", "INSERT INTO alerting.delivery"),
        (
            "between deliveries and mark",
            "SELECT FROM alerting.alert WHERE routed_at IS NULL FOR SHARE",
            "UPDATE alerting.alert"
        ),
        ("in the claim", "LOCK TABLE alerting.thread IN ACCESS EXCLUSIVE MODE", "WITH candidate"),
        ("between a sink's answer and our row", "LOCK TABLE alerting.thread IN SHARE MODE", "WITH done"),
    ];

    public static async Task<int> RunAsync(TimeSpan away, TextWriter output)
    {
        await using var scene = await AlertScene.CreateAsync();
        var servers = new Dictionary<int, int[]>();
        for (var tenant = FirstTenant; tenant < FirstTenant + Tenants; tenant++)
        {
            var number = tenant;
            servers[tenant] = await scene.AddTenantAsync(
                tenant,
                Steps.Length + 1,
                n => FormattableString.Invariant($"https://h.alone{number}x{n}.example:443")
            );
        }

        var alerter = await scene.StartAlerterAsync("alerter");
        for (var step = 0; step < Steps.Length; step++)
        {
            alerter = await KillAtAsync(scene, servers, alerter, step);
            output.WriteLine($"killed {Steps[step].Name}: {Account(scene)}");
        }

        await AwayAsync(scene, servers, away, output);
        foreach (var tenant in servers.Keys)
        {
            await scene.RecoverAsync(tenant);
        }

        await Waiting.ForAsync(scene.IsSettledAsync, Patience, "every end to be told");
        return Judge(scene, output);
    }

    private static async Task<ProgramUnderTest> KillAtAsync(
        AlertScene scene,
        Dictionary<int, int[]> servers,
        ProgramUnderTest alerter,
        int step
    )
    {
        var (_, held, statement) = Steps[step];
        var frozen = new Frozen(alerter.Id);
        await FailAsync(scene, servers, step);
        await using (var obstacle = await Obstacle.PutAsync(scene.Install.Storage, held))
        {
            frozen.Dispose();
            await obstacle.HitByAsync(statement);
            await alerter.KillAsync();
        }

        var next = await scene.StartAlerterAsync("alerter");
        await Waiting.ForAsync(scene.IsSettledAsync, Patience, "what was left to be told");
        return next;
    }

    private static async Task AwayAsync(
        AlertScene scene,
        Dictionary<int, int[]> servers,
        TimeSpan away,
        TextWriter output
    )
    {
        scene.IsAway = true;
        await FailAsync(scene, servers, Steps.Length);
        await Task.Delay(away, TimeProvider.System);
        scene.IsAway = false;
        // The last wait before a try may be a quarter of an hour long.
        await Waiting.ForAsync(scene.IsSettledAsync, TimeSpan.FromMinutes(20), "what waited for the sinks to be told");
        output.WriteLine($"sinks away for {away.TotalSeconds:0} s, {scene.Refused} tries refused: {Account(scene)}");
    }

    private static async Task FailAsync(AlertScene scene, Dictionary<int, int[]> servers, int server)
    {
        foreach (var (tenant, own) in servers)
        {
            await scene.ConfirmAsync(tenant, [own[server]]);
        }
    }

    private static string Account(AlertScene scene) =>
        $"{Distinct(scene)} messages, {Repeats(scene)} came again under their id";

    private static int Distinct(AlertScene scene) => scene.Got().Sum(own => own.DistinctBy(one => one.Id).Count());

    private static int Repeats(AlertScene scene) => scene.Got().Sum(own => own.Count()) - Distinct(scene);

    private static int Judge(AlertScene scene, TextWriter output)
    {
        var expected = Tenants * 2 * (Steps.Length + 1);
        var arrived = Distinct(scene);
        var lost = Math.Max(0, expected - arrived);
        var twice = Math.Max(0, arrived - expected);
        var disordered = scene.Got().Count(own => own.First().Type != "incident.triggered");
        var met = lost == 0 && twice == 0 && disordered == 0 && Repeats(scene) <= Tenants;
        output.WriteLine(
            $"alert-crash {Steps.Length} kills, {lost} lost, {twice} twice, {Repeats(scene)} again under the same id; goal 0, 0, at most the {Tenants} in flight {(met ? "ok" : "short")}"
        );
        return 0;
    }
}
