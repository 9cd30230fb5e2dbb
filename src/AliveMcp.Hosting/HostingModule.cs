using AliveMcp.Hosting.Health;
using AliveMcp.Hosting.Logs;
using AliveMcp.Hosting.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Hosting;

/// <summary>What every executable with an HTTP mouth does alike: logs, health, problem details.</summary>
public static class HostingModule
{
    /// <summary>Longer than a child may take to finish and post what it holds.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(40);

    /// <summary>Logs (<see cref="LogSettings"/>), problem details and health checks; rooms add their own checks.</summary>
    public static WebApplicationBuilder AddAliveMcpHosting(this WebApplicationBuilder builder)
    {
        builder.Logging.AddAliveMcpLogs(builder.Configuration);
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = BareStatus.Explain);
        // A parameter that cannot be read says which one it is, instead of a bare 400.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddHealthChecks();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopPatience);
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        return builder;
    }

    /// <summary>Problem details for what nobody caught, and <c>/livez</c> (this process runs) and <c>/readyz</c> (every check passes).</summary>
    public static WebApplication UseAliveMcpHosting(this WebApplication app)
    {
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                StatusCodeSelector = fault =>
                    fault is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
                SuppressDiagnosticsCallback = fault => fault.Exception is BadHttpRequestException,
            }
        );
        app.UseStatusCodePages();
        app.MapHealthChecks(
                "/livez",
                new HealthCheckOptions { Predicate = _ => false, ResponseWriter = HealthAnswer.WriteAsync }
            )
            .AllowAnonymous();
        app.MapHealthChecks("/readyz", new HealthCheckOptions { ResponseWriter = HealthAnswer.WriteAsync })
            .AllowAnonymous();
        return app;
    }
}
