using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AliveMcp.Alerting.SelfTest;

internal static class SelfTestModule
{
    public static IServiceCollection AddSelfTest(this IServiceCollection services)
    {
        services.AddOptions<AlertOptions>().ValidateOnStart();
        return services.AddSingleton<IValidateOptions<AlertOptions>, AlertRules>();
    }

    public static IServiceCollection AddSelfTestLoop(this IServiceCollection services) =>
        services.AddSingleton<ReadingLag>().AddSingleton<SelfTestRound>().AddHostedService<SelfTestLoop>();
}
