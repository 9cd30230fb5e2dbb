using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Storage.Postgres;

/// <summary>How a room's context comes to its database.</summary>
public static class RoomRegistration
{
    /// <summary>Registers a room's context on the app's role, one per scope, acting for the scope's <see cref="TenantScope"/>.</summary>
    public static IServiceCollection AddRoomDb<TDb>(this IServiceCollection services)
        where TDb : RoomDb =>
        services.AddDbContext<TDb>(
            (provider, options) => options.UseNpgsql(provider.GetRequiredService<PostgresDoors>().App)
        );
}
