using AliveMcp.Alerting.Doors;
using AliveMcp.Alerting.Sinks.Discord;
using AliveMcp.Alerting.Sinks.Email;
using AliveMcp.Alerting.Sinks.Heartbeat;
using AliveMcp.Alerting.Sinks.PagerDuty;
using AliveMcp.Alerting.Sinks.Proofs;
using AliveMcp.Alerting.Sinks.Slack;
using AliveMcp.Alerting.Sinks.Telegram;
using AliveMcp.Alerting.Sinks.Webhook;
using AliveMcp.Servers.Files;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Tenancy.SignIn;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Alerting.Sinks;

internal static class SinksModule
{
    /// <summary>Needs an <see cref="Egress.EgressGuard"/>, which Servers registers.</summary>
    public static IServiceCollection AddSinks(this IServiceCollection services)
    {
        services.AddSingleton(provider => SinkOptions.From(provider.GetService<IConfiguration>()));
        services.AddSingleton<SinkHttp>();
        services.AddSingleton<LetterCarrier>();
        services.AddSingleton<WebhookAddress>();
        services.AddSingleton<SinkSecrets>();
        services.AddSingleton<AcknowledgeLinks>();
        services.AddSingleton<SinkDirectory>();
        services.AddSingleton<SinkKinds>();
        services.AddSingleton<SinkSetup>();
        services.AddSingleton<ProofCourier>();
        services.AddSingleton<SinkWatch>();
        services.AddSingleton<OwnerLetters>();
        services.AddScoped<SinkDoor>();
        services.AddScoped(provider => new SinkQueries(
            provider.GetRequiredService<AlertingDb>(),
            provider.GetRequiredService<TenantScope>(),
            provider.GetRequiredService<SinkKinds>()
        ));
        services.AddScoped<SinkWriter>();
        services.AddScoped(provider => new SinkActs(
            provider.GetRequiredService<AlertingDb>(),
            provider.GetRequiredService<TenantScope>(),
            provider.GetRequiredService<SinkSetup>(),
            provider.GetRequiredService<SinkWriter>()
        ));
        services.AddScoped<SinksPart>();
        services.AddScoped<IFilePart>(provider => provider.GetRequiredService<SinksPart>());
        services.AddScoped(provider => new SinkProofs(
            provider.GetRequiredService<AlertingDb>(),
            provider.GetRequiredService<SinkActs>(),
            provider.GetRequiredService<SinkSetup>(),
            provider.GetRequiredService<Attempts>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddScoped(provider => new SinkHandling(
            provider.GetRequiredService<AlertingDb>(),
            provider.GetRequiredService<SinkActs>(),
            provider.GetRequiredService<SinkSetup>(),
            provider.GetRequiredService<ThingVault>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(provider => new TxtLookup(provider.GetRequiredService<TimeProvider>()));
        return services
            .AddSingleton<ISink, HeartbeatSink>()
            .AddSink<SlackSink, SlackSettings, SlackProof>()
            .AddSink<PagerDutySink, PagerDutySettings, PagerDutyProof>()
            .AddSink<DiscordSink, DiscordSettings, DiscordProof>()
            .AddSink<TelegramSink, TelegramSettings, TelegramProof>()
            .AddSink<EmailSink, EmailSettings, EmailProof>()
            .AddSink<WebhookSink, WebhookSettings, WebhookProof>();
    }

    /// <summary>Proofs go out and are looked at again.</summary>
    public static IServiceCollection AddSinkLoops(this IServiceCollection services) =>
        services.AddHostedService<ProofLoop>().AddHostedService<WatchLoop>();

    public static void MapSinks(this RouteGroupBuilder api) => api.MapSinkEndpoints();

    /// <summary>One kind: the cast of its folder.</summary>
    private static IServiceCollection AddSink<TSink, TSettings, TProof>(this IServiceCollection services)
        where TSink : class, ISink
        where TSettings : class, ISinkSettings
        where TProof : class, ISinkProof =>
        services
            .AddSingleton<TSink>()
            .AddSingleton<ISink>(provider => provider.GetRequiredService<TSink>())
            .AddSingleton<ISinkSettings, TSettings>()
            .AddSingleton<ISinkProof, TProof>();
}
