using AliveMcp.Servers.Files;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Alerting.Rules;

internal static class RulesModule
{
    public static IServiceCollection AddRules(this IServiceCollection services) =>
        services.AddScoped<RuleActs>().AddScoped<RuleQueries>().AddScoped<IFilePart, RulesPart>();
}
