using AliveMcp.Host.Embedded;
using AliveMcp.Tenancy.SignIn;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AliveMcp.Host;

/// <summary>While the install has no owner, every start says in our own log by which link somebody becomes it. The embedded start tells its own terminal instead.</summary>
internal sealed partial class OwnerLinkNote(
    OwnerLink link,
    IServer server,
    IOptions<SignInOptions> options,
    IServiceProvider services,
    ILogger<OwnerLinkNote> log
) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<EmbeddedStart>() is not null)
        {
            return;
        }

        try
        {
            if (await link.MakeAsync(cancellationToken) is { } path)
            {
                LogLink(log, new Uri(options.Value.PublicUrl ?? Own(), path));
            }
        }
        catch (NpgsqlException)
        {
            // Postgres is away: this start serves what is kept, and the next one says it.
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Uri Own()
    {
        var address = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return new Uri($"http://127.0.0.1:{BindingAddress.Parse(address).Port}");
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "This install has no owner yet. Whoever opens this link becomes it (once, within 24 hours): {Link}"
    )]
    private static partial void LogLink(ILogger log, Uri link);
}
