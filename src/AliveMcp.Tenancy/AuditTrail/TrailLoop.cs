using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Secrets;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AliveMcp.Tenancy.AuditTrail;

/// <summary>Once an hour: anchors the chains and logs what they come to, makes the years ahead, drops those of which seven are over, renews keys.</summary>
internal sealed partial class TrailLoop(
    AuditAnchors anchors,
    SecretRotation rotation,
    PostgresDoors doors,
    TimeProvider clock,
    ILogger<TrailLoop> logger
) : BackgroundService
{
    private const int YearsAhead = 10;
    private const int YearsKept = 7;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);

        // Not at once: a start has better things to do.
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is NpgsqlException or KeyUnavailableException)
            {
                Failed(fault);
            }
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await TurnYearsAsync(cancellationToken);
        if (await anchors.WriteAsync(cancellationToken) is not { } written)
        {
            return;
        }

        Anchored(written.Chains, written.Digest);
        var done = await rotation.RunAsync(SecretRotation.DataKeyLife, Actor.System, cancellationToken);
        if (done.Lost > 0)
        {
            Lost(done.Lost);
        }
    }

    private async Task TurnYearsAsync(CancellationToken cancellationToken)
    {
        var year = clock.GetUtcNow().Year;
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "SELECT storage.make_audit_year(year) FROM generate_series(@from, @to) AS year",
                new { from = year, to = year + YearsAhead },
                cancellationToken: cancellationToken
            )
        );
        await connection.ExecuteAsync(
            new CommandDefinition(
                "SELECT storage.drop_audit_year(year) FROM generate_series(@from, @to) AS year ORDER BY year",
                new { from = year - YearsKept - 2, to = year - YearsKept - 1 },
                cancellationToken: cancellationToken
            )
        );
    }

    [LoggerMessage(LogLevel.Information, "Audit chains anchored: {Chains}, sha256:{Digest}")]
    private partial void Anchored(int chains, string digest);

    [LoggerMessage(LogLevel.Error, "Secrets that do not open: {Count}")]
    private partial void Lost(int count);

    [LoggerMessage(LogLevel.Warning, "The audit trail could not be looked after; trying again")]
    private partial void Failed(Exception fault);
}
