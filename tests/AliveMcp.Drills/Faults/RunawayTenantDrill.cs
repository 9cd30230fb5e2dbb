using System.Globalization;
using System.Text.RegularExpressions;
using AliveMcp.Drills.Install;
using AliveMcp.Drills.Town;
using AliveMcp.Vocabulary;

namespace AliveMcp.Drills.Faults;

/// <summary>
/// One tenant's 40 servers answer with lists that eat the memory of whoever reads them. Its cells are killed, its cadence is cut and the
/// operator told; 900 servers in the shared cell and 60 of another tenant with cells of its own lose no minute, and the prober lives on.
/// </summary>
internal static partial class RunawayTenantDrill
{
    private const int Healthy = 900;
    private const int Inside = 60;
    private const int Runaway = 40;
    private const int Minutes = 5;

    public static async Task<int> RunAsync(TextWriter output)
    {
        var (open, inside, heavy) = (
            new Plot(Manner.Healthy, 20),
            new Plot(Manner.Inside, 4),
            new Plot(Manner.Heavy, 4)
        );
        await using var install = await DrillInstall.CreateAsync("local");
        await using var town = await Townsfolk.SettleAsync("local", open, inside, heavy);
        var (_, desk) = await install.StartHostAsync("all", settings: ("Lanes__Shared__0", "127.1.0.0/16:*"));
        var prober = install.StartProber("local", desk, ("Prober__CellMemory", "96"));
        await install.WatchAsync(open, town.Port, 1, Healthy, TenantId.Local);
        await install.WatchAsync(inside, town.Port, Healthy + 1, Inside, await install.AddTenantAsync(78));
        var first = await Warmth.ReachAsync(install, Healthy + Inside);
        await install.WatchAsync(heavy, town.Port, Healthy + Inside + 1, Runaway, await install.AddTenantAsync(77));
        await Waiting.UntilAsync((first + Minutes).Start + TimeSpan.FromSeconds(100));

        var last = first + (Minutes - 1);
        var shared = await install.Minutes.CountAsync(1, Healthy, first, last);
        var neighbours = await install.Minutes.CountAsync(Healthy + 1, Inside, first, last);
        var runaway = await install.Minutes.CountAsync(Healthy + Inside + 1, Runaway, first, last);
        var told = Told().Matches(prober.Output);
        var kills = told.Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .Append(0)
            .Max();
        output.WriteLine($"shared cell: {shared.Live} of {Healthy * Minutes} minutes live");
        output.WriteLine($"other tenant with cells of its own: {neighbours.Live} of {Inside * Minutes} minutes live");
        output.WriteLine(
            $"runaway tenant: {runaway.All} minutes, {runaway.Unknown} unknown, {runaway.Degraded} degraded, {runaway.Down} down"
        );
        output.WriteLine(
            $"the operator was told {told.Count} time of {kills} kills; the prober {(prober.HasExited ? "is gone" : "lives")}"
        );
        var lost = ((Healthy + Inside) * Minutes) - shared.Live - neighbours.Live;
        var met = lost == 0 && told.Count == 1 && !prober.HasExited && runaway.Down == 0;
        output.WriteLine(
            $"runaway-tenant {lost} minutes of others lost, {runaway.Down} of its own down; goal 0, 0 {(met ? "ok" : "short")}"
        );
        return 0;
    }

    [GeneratedRegex("Cells of tenant 77 had to be killed ([0-9]+) times")]
    private static partial Regex Told();
}
