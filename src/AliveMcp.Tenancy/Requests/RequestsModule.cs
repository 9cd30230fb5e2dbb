using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace AliveMcp.Tenancy.Requests;

/// <summary>How requests of the API are taken: how many, how often, how private. Part of <see cref="TenancyModule"/>.</summary>
public static class RequestsModule
{
    internal static IServiceCollection AddRequests(this IServiceCollection services)
    {
        services.AddOptions<LimitOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Budgets>();
        services.AddSingleton<AnswerShelf>();
        return services;
    }

    /// <summary>Behind authentication: limits, and answers that no cache keeps unless a route says so.</summary>
    public static IApplicationBuilder UseRequestLimits(this IApplicationBuilder app) =>
        app.Use(KeepPrivate).UseMiddleware<RequestLimits>();

    /// <summary>Behind authorization: what carries an <c>Idempotency-Key</c> is done once.</summary>
    public static IApplicationBuilder UseIdempotency(this IApplicationBuilder app) => app.UseMiddleware<Idempotency>();

    private static Task KeepPrivate(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.TryAdd(HeaderNames.CacheControl, "private, no-store");
            headers.TryAdd(HeaderNames.XContentTypeOptions, "nosniff");
            headers.Append(HeaderNames.Vary, "Authorization, Cookie");
            return Task.CompletedTask;
        });
        return next(http);
    }
}
