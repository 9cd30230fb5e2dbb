using AliveMcp.Alerting.Sinks;
using AliveMcp.Alerting.Subscriptions.Notices;
using AliveMcp.Egress;
using AliveMcp.Storage.Loops;
using AliveMcp.Tenancy.SignIn;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AliveMcp.Alerting.Subscriptions;

internal static class SubscriptionsModule
{
    public static IServiceCollection AddSubscriptions(this IServiceCollection services)
    {
        services.AddSingleton(given => SubscriptionOptions.From(given.GetService<IConfiguration>()));
        services.AddSingleton(given => new VisitorWeb(
            given.GetRequiredService<EgressGuard>().WithoutOpenings(),
            given.GetRequiredService<TimeProvider>(),
            given.GetRequiredService<SinkOptions>()
        ));
        services.AddSingleton<SubscriptionPlaces>();
        services.AddSingleton<SubscriptionBook>();
        services.AddSingleton<SubscriptionDoor>();
        services.AddSingleton<SubscriptionQueries>();
        services.AddSingleton<SubscriberPost>();
        services.AddSingleton(given => new SubscriptionDesk(
            given.GetRequiredService<SubscriptionPlaces>(),
            given.GetRequiredService<SubscriptionBook>(),
            given.GetRequiredService<Attempts>()
        ));
        services.AddSingleton<SubscriptionCourier>();
        services.AddSingleton<SubscriptionSweep>();
        services.AddSingleton<NoticeWriter>();
        services.AddSingleton<NoticeClaims>();
        services.AddSingleton<NoticeSender>();
        return services;
    }

    /// <summary>Lanes of their own: whatever they wait for, owners' pages do not wait for it.</summary>
    public static IServiceCollection AddSubscriptionLoops(this IServiceCollection services)
    {
        services.TryAddSingleton<LoopShell>();
        return services
            .AddHostedService<SubscriptionLoop>()
            .AddHostedService<ChallengeLoop>()
            .AddHostedService<NoticeLoop>()
            .AddHostedService<LetterLane>()
            .AddHostedService<HookLane>()
            .AddHostedService<TroubledLane>();
    }

    public static void MapSubscriptions(this RouteGroupBuilder api) => api.MapSubscriptionEndpoints();
}
