using System.Globalization;
using AliveMcp.Alerting;
using AliveMcp.Archive;
using AliveMcp.Collector;
using AliveMcp.Hosting;
using AliveMcp.Servers;
using AliveMcp.StatusPages;
using AliveMcp.Storage;
using AliveMcp.Tenancy;
using AliveMcp.Testing.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Bench.PublicReads;

/// <summary>
/// The public reads as the Host serves them, in a process of its own: the same middleware in the same order, real stores, one server with ninety
/// days of history. Beside them stand empty endpoints. Prints its address and the paths to read; to every line it says how many statements
/// were sent and how many microseconds of CPU were spent so far; ends when its standard input does.
/// </summary>
internal static class ReadSite
{
    /// <summary>Says 304 and nothing else.</summary>
    public const string EmptyHeld = "/empty-held";

    /// <summary>Nothing is asked again within this: what is counted is warm.</summary>
    private static readonly TimeSpan AskedAgain = TimeSpan.FromSeconds(60);

    /// <summary>The empty endpoint that answers as many bytes as the read at a place of the list.</summary>
    public static string Empty(int place) => $"/empty-{place}";

    public static async Task<int> RunAsync()
    {
        using var statements = new Statements();
        await using var storage = await TestStorage.CreateAsync();
        var slug = await KnownServer.MakeAsync(storage);
        await using var app = Build(storage);
        string[] paths = [$"/api/embed-status/{slug}", $"/badge/{slug}.svg", $"/status/{slug}"];
        var empty = paths.Select((_, place) => EmptyEndpoint.Map(app, Empty(place))).ToList();
        EmptyEndpoint.MapHeld(app, EmptyHeld);
        await app.StartAsync();

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        var url = new Uri(address.Addresses.First());
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = url };
        foreach (var (path, endpoint) in paths.Zip(empty))
        {
            endpoint.Answer((await client.GetByteArrayAsync(path)).Length);
        }

        Console.WriteLine(string.Join(' ', paths.Prepend(url.AbsoluteUri)));
        while (await Console.In.ReadLineAsync() is not null)
        {
            var spent = Environment.CpuUsage.TotalTime.TotalMicroseconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{statements.Count} {spent:0}"));
        }

        return 0;
    }

    private static WebApplication Build(TestStorage storage)
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddAliveMcpHosting();
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAliveMcpStorage(storage.Options, storage.Redis);
        builder.Services.AddTenancy().AddServers().AddCollector().AddArchive().AddAlerting().AddStatusPages();
        builder.Services.Configure<StatusPagesOptions>(options =>
        {
            options.ListingFor = AskedAgain;
            options.StatusFor = AskedAgain;
        });
        var app = builder.Build();
        app.UseAliveMcpHosting();
        app.UseWarmReads();
        app.UseRouting();
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments("/api/v1", StringComparison.Ordinal),
            api => api.UseAuthentication()
        );
        app.UseAuthorization();
        app.MapStatusPages();
        return app;
    }
}
