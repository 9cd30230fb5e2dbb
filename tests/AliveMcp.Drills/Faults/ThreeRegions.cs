using System.Net;
using AliveMcp.Drills.Install;
using AliveMcp.Drills.Town;
using AliveMcp.Vocabulary;

namespace AliveMcp.Drills.Faults;

/// <summary>A town that three regions watch, each prober with a source address of its own, behind a line that can be cut.</summary>
internal sealed class ThreeRegions : IAsyncDisposable
{
    public const int Servers = 300;

    private ThreeRegions(DrillInstall install, Townsfolk town) => (Install, Town) = (install, town);

    public static IReadOnlyList<string> Names { get; } = ["ap-south", "eu-west", "us-east"];

    public DrillInstall Install { get; }

    public Townsfolk Town { get; }

    /// <summary>Each region's line to the desk.</summary>
    public IReadOnlyList<DeskLine> Lines { get; private set; } = [];

    public static async Task<ThreeRegions> OpenAsync()
    {
        var plot = new Plot(Manner.Healthy, 60);
        var install = await DrillInstall.CreateAsync(Names);
        var town = await Townsfolk.SettleAsync(Names[0], plot);
        var regions = new ThreeRegions(install, town);
        var (_, desk) = await install.StartHostAsync("all");
        regions.Lines = [.. Names.Select(_ => new DeskLine(desk.Port))];
        for (var place = 0; place < Names.Count; place++)
        {
            install.StartProber(
                Names[place],
                regions.Lines[place].Url,
                ("Prober__SourceAddress", SourceOf(place).ToString())
            );
        }

        await install.WatchAsync(plot, town.Port, 1, Servers, TenantId.Local, quorum: 2);
        return regions;
    }

    /// <summary>Where a region's probes come from.</summary>
    public static IPAddress SourceOf(int place) => new([127, 9, 0, (byte)(place + 1)]);

    public async ValueTask DisposeAsync()
    {
        foreach (var line in Lines)
        {
            line.Dispose();
        }

        await Town.DisposeAsync();
        await Install.DisposeAsync();
    }
}
