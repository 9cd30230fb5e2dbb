using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.AuditTrail;
using AliveMcp.Tenancy.Isolation;
using AliveMcp.Tenancy.Letters;
using AliveMcp.Tenancy.Members;
using AliveMcp.Tenancy.Operators;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.SignIn.Providers;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Tenancy.Tenants;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AliveMcp.Tenancy;

/// <summary>Who: people, tenants, their plans, their keys.</summary>
public static class TenancyModule
{
    private const string Door = "door";

    /// <summary>Registers the room and the API's authentication. Needs <see cref="PostgresDoors"/> and a plan table.</summary>
    public static IServiceCollection AddTenancy(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddRoomDb<TenancyDb>();
        services.AddAuditTrail();
        services.AddSingleton<IsolationWatch>();
        services.AddSingleton<TenantPlans>();
        services.AddSingleton<TenantNames>();
        services.AddSingleton<TenantSlugs>();
        services.AddSingleton<TenantQueries>();
        services.AddSingleton<StandingDesk>();
        services.AddRouting();
        services.AddScoped<ApiKeyDesk>();
        services.AddScoped<KeyQueries>();
        services.AddSingleton<InstallKey>();

        services.AddPermissionPolicies();
        services.AddSignIn();
        services.AddSingleton<OperatorDesk>();
        services.AddRequests();
        services.AddDoor();
        return services;
    }

    /// <summary>Maps this room's endpoints into the group <c>/api/v1</c>.</summary>
    public static RouteGroupBuilder MapTenancy(this RouteGroupBuilder api)
    {
        api.MapApiKeys();
        api.MapAuditTrail();
        api.MapMembers();
        api.MapTenants();
        api.MapOwnTenant();
        return api;
    }

    /// <summary>The look whether tenants are kept apart: for every role of the host that has Postgres.</summary>
    public static IServiceCollection AddIsolationLoop(this IServiceCollection services) =>
        services.AddHostedService<IsolationLoop>();

    /// <summary>The loop that looks after the audit trail and the keys of secrets: for one role of the host.</summary>
    public static IServiceCollection AddTenancyJobs(this IServiceCollection services) =>
        services.AddHostedService<TrailLoop>();

    /// <summary>The loops of the role <c>web</c>: letters go out, group bindings are written.</summary>
    public static IServiceCollection AddSignInJobs(this IServiceCollection services) =>
        services.AddHostedService<Postman>().AddHostedService<GroupBindingsLoop>();

    /// <summary>Whoever recognises callers: one scheme in front that looks at the request and leaves it to the one that knows its kind.</summary>
    private static void AddDoor(this IServiceCollection services)
    {
        // Not AddAuthentication: it would also write a data-protection key ring into the user's home, which tokens have no use for.
        services.AddAuthenticationCore(options => options.DefaultScheme = Door);
        services.AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddPolicyScheme(Door, displayName: null, options => options.ForwardDefaultSelector = SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.SchemeName, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, OperatorHandler>(
                OperatorHandler.SchemeName,
                configureOptions: null
            );
    }

    /// <summary>A token that was sent speaks; else a session's cookie; who brings neither is shown the way in, people to a page and programs to a token.</summary>
    private static string SchemeOf(HttpContext http)
    {
        if (http.Request.Headers.Authorization.Count > 0)
        {
            return
                ApiKeyHandler.BearerOf(http.Request)?.StartsWith(ApiKeyToken.OperatorMark, StringComparison.Ordinal)
                == true
                ? OperatorHandler.SchemeName
                : ApiKeyHandler.SchemeName;
        }

        var hasSession = http.RequestServices.GetRequiredService<WebCookies>().SessionOf(http.Request) is not null;
        return hasSession || SessionHandler.WantsPage(http.Request)
            ? SessionHandler.SchemeName
            : ApiKeyHandler.SchemeName;
    }
}
