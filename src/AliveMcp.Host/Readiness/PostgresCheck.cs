using AliveMcp.Storage.Postgres;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace AliveMcp.Host.Readiness;

/// <summary>Postgres answers a query as the app. One that falls silent is not waited for: whoever asks us has no patience either.</summary>
internal sealed class PostgresCheck(PostgresDoors doors, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Task _asked = Task.CompletedTask;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            await Asked().WaitAsync(Patience, clock, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "does not answer");
        }
    }

    /// <summary>A question that is still open is not asked again: a silent server must not use up the connections.</summary>
    private Task Asked()
    {
        lock (_gate)
        {
            if (_asked.IsCompleted)
            {
                _asked = AskAsync();
            }

            return _asked;
        }
    }

    private async Task AskAsync()
    {
        await using var command = doors.App.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(CancellationToken.None);
    }
}
