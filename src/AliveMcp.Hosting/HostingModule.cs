using AliveMcp.Hosting.Health;
using AliveMcp.Hosting.Logs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
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
        builder.Services.AddProblemDetails();
        builder.Services.AddHealthChecks();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopPatience);
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        return builder;
    }

    /// <summary>Problem details for what nobody caught, and <c>/livez</c> (this process runs) and <c>/readyz</c> (every check passes).</summary>
    public static WebApplication UseAliveMcpHosting(this WebApplication app)
    {
        app.UseExceptionHandler();
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
