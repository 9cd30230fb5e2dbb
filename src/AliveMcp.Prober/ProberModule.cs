using System.Net.Http.Headers;
using AliveMcp.Egress;
using AliveMcp.Prober.DeskClient;
using AliveMcp.Prober.Fitness;
using AliveMcp.Prober.Supervisor;
using AliveMcp.Probing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Prober;

/// <summary>A prober: a loop that leases, probes and reports.</summary>
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
        services.AddSingleton(new EgressGuard(options.Egress));
        services.AddSingleton<AccessTokens>();
        services.AddSingleton(provider => new ServerProbe(
            provider.GetRequiredService<EgressGuard>(),
            provider.GetRequiredService<TimeProvider>()
        )
        {
            Tokens = provider.GetRequiredService<AccessTokens>(),
        });
        services.AddSingleton<LoopLag>();
        services.AddSingleton(new References(options.References, TimeProvider.System));
        services.AddSingleton<ProbeCall>(provider => Fit(provider).ProbeAsync);
        services.AddHostedService<LagWatch>();
        services.AddHostedService<ReferenceWatch>();
        services.AddSingleton(_ => new Desk(DeskHttp(options), options));
        services.AddSingleton<ReportPost>();
        services.AddSingleton<ResultCourier>();
        services.AddSingleton<TicketRunner>();
        services.AddSingleton<TicketWork>();
        services.AddSingleton<LeaseLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<LeaseLoop>());
        services.AddHostedService<ParentWatch>();
        return services;
    }

    private static FitProbe Fit(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<ServerProbe>().ProbeAsync,
            provider.GetRequiredService<LoopLag>(),
            provider.GetRequiredService<References>(),
            provider.GetRequiredService<TimeProvider>()
        );

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
