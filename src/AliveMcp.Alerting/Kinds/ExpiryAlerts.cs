using AliveMcp.Alerting.Incidents;
using AliveMcp.Servers.Alerts;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Tenants;
using Dapper;

namespace AliveMcp.Alerting.Kinds;

/// <summary>Tells of certificates and credentials before they end. One alerter at a time looks, once a minute.</summary>
internal sealed class ExpiryAlerts(
    PostgresDoors doors,
    IncidentOpener opener,
    TenantStandings tenants,
    TimeProvider clock
)
{
    /// <summary>Any number that the other advisory locks of the house do not use.</summary>
    private const int LockKey = 0x4558;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private DateTimeOffset _again;

    /// <summary>Looks when it is time to.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now < _again)
        {
            return;
        }

        _again = now + Every;
        var suspended = await tenants.SuspendedAsync(cancellationToken);
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var mine = await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                "SELECT pg_try_advisory_xact_lock(@LockKey)",
                new { LockKey },
                transaction,
                cancellationToken: cancellationToken
            )
        );
        if (!mine)
        {
            return;
        }

        var report = new ChangeReport(now);
        await CertificateAlerts.LookAsync(transaction, report, IsWatched, cancellationToken);
        await CredentialAlerts.LookAsync(transaction, report, IsWatched, cancellationToken);
        await opener.WriteAsync(transaction, report, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        // What nobody looks at may have been renewed long ago.
        bool IsWatched(AlertedServer server) => !server.IsPaused && !suspended.Contains(server.Key.Tenant);
    }
}
