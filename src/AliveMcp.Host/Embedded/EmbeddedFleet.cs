using System.Globalization;
using System.Text.Json;
using AliveMcp.Collector.Fleet;
using AliveMcp.Hosting.Start;
using AliveMcp.Servers.Files;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace AliveMcp.Host.Embedded;

/// <summary>
/// The part of the embedded start that needs the rooms. Before the loops run (<see cref="PrepareAsync"/>): the install's token, the regions,
/// what is watched. Once the desk listens: the probers. While stopping, they go first, so that what they hold can still be posted.
/// </summary>
internal sealed class EmbeddedFleet(
    EmbeddedStart start,
    IServer server,
    IServiceProvider rooms,
    IConfiguration configuration
) : IHostedLifecycleService
{
    private readonly EmbeddedProbers _probers = new(start.Folder, start.Egress(configuration), start.Log);

    /// <exception cref="StartRefusedException">The servers file is wrong; everything about it at once.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await rooms.GetRequiredService<InstallKey>().EnsureAsync(start.Folder.ApiKeyFile, cancellationToken);
        start.Folder.NoteOwnerLink(await rooms.GetRequiredService<OwnerLink>().MakeAsync(cancellationToken));
        var tokens = rooms.GetRequiredService<RegionTokens>();
        foreach (var region in start.Options.Regions)
        {
            await tokens.EnsureAsync(region.Region, region.City, _probers.TokenOf(region.Region), cancellationToken);
        }

        var file = rooms.GetRequiredService<ServersFile>();
        if (start.Options.ServersFile is { } path)
        {
            Refuse(path, await file.ApplyFileAsync(TenantId.Local, path, new ApplyOptions(), cancellationToken));
        }

        var demo = JsonSerializer.Serialize(
            new { servers = start.Demo is { } running ? running.Servers.Select(Entry) : [] }
        );
        Refuse(
            "the demo servers",
            await file.ApplyAsync(
                TenantId.Local,
                demo,
                new ApplyOptions { ManagedBy = "demo", TrustsAddresses = true },
                cancellationToken
            )
        );
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var desk = OwnUrl();
        await Task.WhenAll(
            start.Options.Regions.Select(region => _probers.StartAsync(region, desk, cancellationToken))
        );
        foreach (var role in HostRoles.Read(configuration).Names)
        {
            start.Folder.NotePid(role);
        }

        if (start.Demo is { } demo)
        {
            start.Folder.Note(InstallFolder.DemoServers, JsonSerializer.Serialize(demo.Servers));
        }

        start.Folder.Note(
            InstallFolder.Ready,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Environment.ProcessId} {desk.GetLeftPart(UriPartial.Authority)}"
            )
        );
    }

    public async Task StoppingAsync(CancellationToken cancellationToken) => await _probers.DisposeAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Where our own processes reach us: a wildcard means loopback for them.</summary>
    private Uri OwnUrl()
    {
        var address = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        var url = new Uri(
            address
                .Replace("//+", "//127.0.0.1", StringComparison.Ordinal)
                .Replace("//*", "//127.0.0.1", StringComparison.Ordinal)
        );
        return url.Host is "0.0.0.0" or "[::]" ? new UriBuilder(url) { Host = "127.0.0.1" }.Uri : url;
    }

    private static object Entry(KeyValuePair<string, Uri> demo) =>
        new
        {
            slug = demo.Key,
            name = "Demo: " + demo.Key["demo-".Length..].Replace('-', ' '),
            url = demo.Value.AbsoluteUri,
            tags = (string[])["demo"],
        };

    private static void Refuse(string what, Result<ApplyAnswer> applied)
    {
        if (!applied.TryGet(out _))
        {
            throw new StartRefusedException([
                .. applied.Problems.Select(problem => problem with { Message = $"{what}: {problem.Message}" }),
            ]);
        }
    }
}
