using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Tenants;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AliveMcp.Tenancy;

/// <summary>Who: tenants, their plans, their keys.</summary>
public static class TenancyModule
{
    /// <summary>Registers the room and the API's authentication. Needs <see cref="PostgresDoors"/> and a plan table.</summary>
    public static IServiceCollection AddTenancy(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddRoomDb<TenancyDb>();
        services.AddSingleton<TenantPlans>();
        services.AddScoped<ApiKeyDesk>();
        services.AddSingleton<InstallKey>();
        services
            .AddAuthentication(ApiKeyHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, configureOptions: null);
        services
            .AddAuthorizationBuilder()
            .AddPolicy(Can.ReadServers, policy => Needs(policy, ApiKeyScopes.Read))
            .AddPolicy(Can.WriteServers, policy => Needs(policy, ApiKeyScopes.Write));
        return services;
    }

    private static void Needs(AuthorizationPolicyBuilder policy, string scope) =>
        policy
            .RequireAuthenticatedUser()
            .RequireAssertion(context =>
                context.User.FindAll(ApiKeyHandler.ScopeClaim).Any(held => ApiKeyScopes.Include(held.Value, scope))
            );
}
