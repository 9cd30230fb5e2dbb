using AliveMcp.Servers.Files;
using AliveMcp.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Alerting.Rules;

internal static class RulesModule
{
    public static IServiceCollection AddRules(this IServiceCollection services) =>
        services
            .AddScoped(provider => new RuleActs(
                provider.GetRequiredService<AlertingDb>(),
                provider.GetRequiredService<TenantScope>(),
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddScoped(provider => new RuleQueries(provider.GetRequiredService<AlertingDb>()))
            .AddScoped<IFilePart, RulesPart>();
}
