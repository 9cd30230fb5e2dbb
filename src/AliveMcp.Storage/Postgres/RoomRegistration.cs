using AliveMcp.Storage.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Storage.Postgres;

/// <summary>How a room's context comes to its database.</summary>
public static class RoomRegistration
{
    /// <summary>Registers a room's context on the app's role, one per scope, acting for the scope's <see cref="TenantScope"/> in the name of its <see cref="ActorScope"/>.</summary>
    public static IServiceCollection AddRoomDb<TDb>(this IServiceCollection services)
        where TDb : RoomDb =>
        services.AddDbContext<TDb>(
            (provider, options) =>
                options
                    .UseNpgsql(provider.GetRequiredService<PostgresDoors>().App)
                    .AddInterceptors(
                        new AuditCommit(
                            provider.GetRequiredService<AuditWriter>(),
                            provider.GetRequiredService<ActorScope>()
                        )
                    )
                    // A line for every statement is for whoever looks for it.
                    .ConfigureWarnings(warnings => warnings.Log((RelationalEventId.CommandExecuted, LogLevel.Debug)))
        );
}
