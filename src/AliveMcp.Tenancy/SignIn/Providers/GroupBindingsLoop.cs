using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>Writes the group bindings at start, as soon as Postgres answers.</summary>
internal sealed partial class GroupBindingsLoop(
    GroupBindings bindings,
    TimeProvider clock,
    ILogger<GroupBindingsLoop> log
) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await bindings.WriteAsync(stoppingToken);
                return;
            }
            catch (NpgsqlException fault)
            {
                LogLater(log, fault);
                await Task.Delay(Again, clock, stoppingToken);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The group bindings could not be written; they are tried again."
    )]
    private static partial void LogLater(ILogger log, Exception fault);
}
