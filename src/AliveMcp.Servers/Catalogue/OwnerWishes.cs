using AliveMcp.Storage.Outbox;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Servers.Catalogue;

/// <summary>
/// Remembers by origin that its owner asked us not to watch what nobody has claimed there. It holds for every unclaimed listing of the origin
/// and for no tenant's own server.
/// </summary>
public sealed class OwnerWishes(PostgresDoors doors, TimeProvider clock)
{
    /// <summary>Of which servers a wish keeps us away; a row of <c>servers.server</c> is at hand.</summary>
    internal const string Declined = """
        (tenant_id = 1 AND EXISTS (SELECT FROM servers.origin_wish wish
            WHERE wish.origin = server.origin AND wish.seen_at > now() - interval '1 day'))
        """;

    /// <summary>Notes what an origin said. Whoever watches its listings from now on, or no longer, is told once.</summary>
    /// <param name="server">The unclaimed listing that was to be looked at; of any other nothing is noted.</param>
    /// <param name="declines">It asked us not to watch.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task NoteAsync(ServerKey server, bool declines, CancellationToken cancellationToken)
    {
        if (server.Tenant != TenantId.Public)
        {
            return;
        }

        const string find = "SELECT origin FROM servers.server WHERE server_id = @id AND tenant_id = 1";
        const string decline = """
            INSERT INTO servers.origin_wish (origin) VALUES (@origin)
            ON CONFLICT (origin) DO UPDATE SET seen_at = now() RETURNING xmax = 0
            """;
        const string allow = "DELETE FROM servers.origin_wish WHERE origin = @origin RETURNING true";
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var id = new { id = server.Server.Value };
        if (await connection.ExecuteScalarAsync<string?>(find, id, transaction) is not { } origin)
        {
            return;
        }

        var sql = declines ? decline : allow;
        if (await connection.ExecuteScalarAsync<bool?>(sql, new { origin }, transaction) == true)
        {
            await TellAsync(transaction, origin, declines, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task TellAsync(
        NpgsqlTransaction transaction,
        string origin,
        bool declines,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            SELECT server_id, weight FROM servers.server
            WHERE origin = @origin AND tenant_id = 1 AND paused_at IS NULL AND erase_asked_at IS NULL
            """;
        var servers = await transaction.Connection!.QueryAsync<(int Id, short Weight)>(
            new CommandDefinition(sql, new { origin }, transaction, cancellationToken: cancellationToken)
        );
        var from = MinuteStamp.Of(clock.GetUtcNow()) + 1;
        foreach (var (id, weight) in servers)
        {
            var change = new WatchChanged(id, from.Value, declines ? null : weight);
            await transaction.TellAsync(TenantId.Public, ServerTopics.Watch, change, cancellationToken);
        }
    }
}
