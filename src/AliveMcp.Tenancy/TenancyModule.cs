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
        services.AddSingleton<TenantNames>();
        services.AddRouting();
        services.AddScoped<ApiKeyDesk>();
        services.AddSingleton<InstallKey>();

        // Not AddAuthentication: it would also write a data-protection key ring into the user's home, which tokens have no use for.
        services.AddAuthenticationCore(options => options.DefaultScheme = ApiKeyHandler.SchemeName);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(
            ApiKeyHandler.SchemeName,
            configureOptions: null
        );
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
