using System.Net.Http.Headers;
using AliveMcp.Egress;
using AliveMcp.Prober.DeskClient;
using AliveMcp.Prober.Fitness;
using AliveMcp.Prober.Supervisor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Prober;

/// <summary>A prober: a supervisor that leases and reports, and cells that probe.</summary>
public static class ProberModule
{
    /// <summary>Longest limit of a try, its goodbye and a post of the results.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(15);

    public static IServiceCollection AddProber(this IServiceCollection services, ProberOptions options)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopPatience);
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        // For the references alone: strangers are dialled by cells.
        services.AddSingleton(new EgressGuard(options.Egress));
        services.AddSingleton<LoopLag>();
        services.AddSingleton(new References(options.References, TimeProvider.System));
        services.AddSingleton<FitJudge>();
        services.AddHostedService<LagWatch>();
        services.AddHostedService<ReferenceWatch>();
        services.AddSingleton<CellBook>();
        services.AddSingleton(provider => new CellRules(
            options,
            provider.GetRequiredService<CellBook>(),
            TimeProvider.System
        ));
        services.AddSingleton<TenantKills>();
        services.AddSingleton<Cells>();
        services.AddSingleton<SeatCall>(provider => provider.GetRequiredService<Cells>().SeatAsync);
        services.AddSingleton(_ => new Desk(DeskHttp(options), options));
        services.AddSingleton<ReportPost>();
        services.AddSingleton<ResultCourier>();
        services.AddSingleton<LookCourier>();
        services.AddSingleton<TicketRunner>();
        services.AddSingleton<TicketErrand>();
        services.AddSingleton<IReadOnlyList<TicketWork>>(provider =>
            [.. LanePlaces.Of(options).Select(lane => ActivatorUtilities.CreateInstance<TicketWork>(provider, lane))]
        );
        services.AddSingleton<LeaseLoop>();
        // What stops last comes first: cells live until the last try has ended, and then their last rows are told.
        services.AddHostedService<CellPost>();
        services.AddHostedService<CellWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<LeaseLoop>());
        services.AddHostedService<ParentWatch>();
        return services;
    }

    /// <summary>The desk is ours and an operator named it: it is dialled without the guard, but straight, with no proxy, cookie or redirect.</summary>
    internal static HttpClient DeskHttp(ProberOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        return new HttpClient(handler)
        {
            BaseAddress = options.Desk,
            Timeout = AnswerPatience,
            MaxResponseContentBufferSize = 16 * 1024 * 1024,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", options.Token) },
        };
    }
}
