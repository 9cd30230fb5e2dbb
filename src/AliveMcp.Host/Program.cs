using AliveMcp.Host;
using AliveMcp.Host.Embedded;
using AliveMcp.Host.Ops;
using AliveMcp.Hosting;
using AliveMcp.Hosting.Plans;
using AliveMcp.Hosting.Start;

return await Launch.RunAsync(async () =>
{
    if (args is ["ops", .. var words])
    {
        return await OpsProgram.RunAsync(words, CancellationToken.None);
    }

    var builder = WebApplication.CreateBuilder(
        new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
    );
    builder.AddAliveMcpHosting();
    builder.ListenOnLoopback();
    var roles = HostRoles.Read(builder.Configuration);
    await using var embedded = await EmbeddedStart.BeginAsync(builder, CancellationToken.None);
    var (storage, redis) = await StorageStart.OpenAsync(builder.Configuration, roles, CancellationToken.None);
    builder.Services.AddRooms(roles, storage, redis, PlansFile.Read(PlansFile.DefaultPath));

    await using var app = builder.Build();
    app.UseAliveMcpHosting();
    app.MapRooms(roles);
    if (embedded is not null)
    {
        await app.Services.GetRequiredService<EmbeddedFleet>().PrepareAsync(CancellationToken.None);
    }

    await app.RunAsync();
    return 0;
});
