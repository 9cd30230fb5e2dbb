using AliveMcp.Storage.Postgres;
using Dapper;

namespace AliveMcp.Archive.Hours;

/// <summary>
/// Closes hours: whatever has minutes in them is made dirty, to be packed like any other dirty server-hour; from then on a minute that comes
/// late does the same to its hour. There is one way to compute an hour, and it is always the whole hour.
/// </summary>
internal sealed class HourCloser(PostgresDoors doors, TimeProvider clock)
{
    /// <summary>Closes every hour that is over.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        var newest = HourClock.NewestClosable(clock.GetUtcNow());
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var closed = await connection.ExecuteScalarAsync<int>(
            new CommandDefinition("SELECT closed_hour FROM archive.progress", cancellationToken: cancellationToken)
        );
        if (closed >= newest)
        {
            return;
        }

        // The lock waits for the drains that still believe the hour open, and their rows are seen by the statement after it.
        const string sql = """
            SELECT closed_hour FROM archive.progress FOR UPDATE;
            INSERT INTO archive.dirty_hour (hour, server_id, tenant_id)
            SELECT DISTINCT minute / 60, server_id, tenant_id
            FROM archive.verdict_minute
            WHERE minute >= ((SELECT closed_hour FROM archive.progress) + 1) * 60 AND minute < (@newest + 1) * 60
            ORDER BY 1, 2
            ON CONFLICT (hour, server_id) DO UPDATE SET touched = dirty_hour.touched + 1;
            UPDATE archive.progress SET closed_hour = greatest(closed_hour, @newest);
            """;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(sql, new { newest }, transaction, cancellationToken: cancellationToken)
        );
        await transaction.CommitAsync(cancellationToken);
    }
}
