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

    /// <summary>Lets readers take closed hours from their rows, once no server-hour of them waits any more. One that is set aside holds nobody up.</summary>
    public Task AdvanceHoursAsync(CancellationToken cancellationToken) =>
        AdvanceAsync(
            """
            UPDATE archive.progress SET packed_hour = closed_hour
            WHERE packed_hour < closed_hour AND NOT EXISTS (
                SELECT FROM archive.dirty_hour AS dirty WHERE dirty.hour > packed_hour AND dirty.come_back_at <= now())
            """,
            cancellationToken
        );

    /// <summary>Likewise for days; the newest one is that whose last hour is packed.</summary>
    public Task AdvanceDaysAsync(CancellationToken cancellationToken) =>
        AdvanceAsync(
            """
            UPDATE archive.progress SET packed_day = (packed_hour + 1) / 24 - 1
            WHERE packed_day < (packed_hour + 1) / 24 - 1 AND NOT EXISTS (
                SELECT FROM archive.dirty_day AS dirty
                WHERE dirty.day > packed_day AND dirty.day < (packed_hour + 1) / 24 AND dirty.come_back_at <= now())
            """,
            cancellationToken
        );

    /// <summary>Locks first, in a statement of its own: the look that follows must not be older than the progress it is about.</summary>
    private async Task AdvanceAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(
                "SELECT FROM archive.progress FOR UPDATE; " + sql,
                transaction: transaction,
                cancellationToken: cancellationToken
            )
        );
        await transaction.CommitAsync(cancellationToken);
    }
}
