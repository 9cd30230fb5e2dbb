using AliveMcp.Tenancy.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy;

/// <summary>Who.</summary>
public static class TenancyModule
{
    public static IServiceCollection AddTenancy(this IServiceCollection services)
    {
        services.AddSingleton<TenantPlans>();
        return services;
    }
}
