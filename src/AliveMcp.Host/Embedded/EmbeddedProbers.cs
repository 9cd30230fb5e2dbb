using AliveMcp.Host.Embedded.Children;
using AliveMcp.Vocabulary;

namespace AliveMcp.Host.Embedded;

/// <summary>A prober for each region, as child processes that know the desk and nothing else of ours.</summary>
internal sealed class EmbeddedProbers(
    InstallFolder folder,
    IReadOnlyList<(string Name, string Value)> egress,
    ILogger log
) : IAsyncDisposable
{
    private readonly List<SupervisedChild> _running = [];

    /// <summary>The secret by which the desk knows the region's prober; made when there is none.</summary>
    public string TokenOf(Region region)
    {
        var tokens = Path.Combine(folder.Root, "regions");
        Directory.CreateDirectory(tokens);
        return PrivateFiles.Secret(Path.Combine(tokens, region.Name));
    }

    /// <exception cref="ChildFailedException">It could not be started.</exception>
    public async Task StartAsync(EmbeddedRegion region, Uri desk, CancellationToken cancellationToken)
    {
        var name = "prober-" + region.Region.Name;
        var order = new ChildOrder
        {
            Name = name,
            Command = OwnProgram.Command("prober", "AliveMcp.Prober.dll"),
            Environment = ChildEnvironment.WithoutOurs([
                ("Prober__Desk", new Uri(desk, "/prober/v1/").AbsoluteUri),
                ("Prober__Token", TokenOf(region.Region)),
                ("Prober__Region", region.Region.Name),
                ("Prober__Name", name),
                ("Prober__ExitWithStdin", "true"),
                .. SourceOf(region),
                .. egress,
            ]),
            // It finishes and posts what it holds.
            Grace = TimeSpan.FromSeconds(28),
            PidFile = folder.PidFileOf(name),
            LogFile = folder.LogOf(name),
        };
        var child = await SupervisedChild.StartAsync(
            order,
            _ => Task.CompletedTask,
            TimeProvider.System,
            log,
            cancellationToken
        );
        lock (_running)
        {
            _running.Add(child);
        }
    }

    /// <summary>Linux has all of 127.0.0.0/8; elsewhere such an address must have been added first.</summary>
    private static (string Name, string Value)[] SourceOf(EmbeddedRegion region) =>
        LoopbackPort.Has(region.Source) ? [("Prober__SourceAddress", region.Source.ToString())] : [];

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_running.Select(prober => prober.DisposeAsync().AsTask()));
}
