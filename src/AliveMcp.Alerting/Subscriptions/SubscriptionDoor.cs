using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>What whoever holds a link of a letter may do with it, and nothing else: say yes once, or want no more. Nothing is told to the tenant's trail: who reads is not its business.</summary>
internal sealed class SubscriptionDoor(PostgresDoors doors, Listings listings, TimeProvider clock)
{
    /// <summary>The server that a link of an opt-in letter is about, while it is good.</summary>
    public async Task<ListedServer?> LookAsync(string token, CancellationToken cancellationToken) =>
        await FindAsync(token, cancellationToken) is { Confirms: true } found
            ? await listings.FindAsync(found.Server, cancellationToken)
            : null;

    /// <summary>Uses the link up: from now on messages come.</summary>
    public async Task<ListedServer?> ConfirmAsync(string token, CancellationToken cancellationToken)
    {
        const string sql = """
            UPDATE alerting.subscription SET confirmed_at = @now, token_hash = NULL
            WHERE subscription_id = @Subscription AND confirmed_at IS NULL AND expires_at > @now
            """;
        if (await FindAsync(token, cancellationToken) is not { Confirms: true } found)
        {
            return null;
        }

        var server = await listings.FindAsync(found.Server, cancellationToken);
        if (server is null)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        await using var session = await doors.OpenAsync(found.Server.Tenant, cancellationToken);
        var changed = await session.Connection.ExecuteAsync(
            session.Command(sql, new { found.Subscription, now }, cancellationToken)
        );
        await session.CommitAsync(cancellationToken);
        return changed == 1 ? server : null;
    }

    /// <summary>Whether a link stops something.</summary>
    public async Task<bool> StopsAsync(string token, CancellationToken cancellationToken) =>
        await FindAsync(token, cancellationToken) is { Stops: true };

    /// <summary>Forgets the subscription and where it led. Doing it again changes nothing.</summary>
    public async Task StopAsync(string token, CancellationToken cancellationToken)
    {
        const string sql = "DELETE FROM alerting.subscription WHERE subscription_id = @Subscription";
        if (await FindAsync(token, cancellationToken) is not { Stops: true } found)
        {
            return;
        }

        await using var session = await doors.OpenAsync(found.Server.Tenant, cancellationToken);
        await session.Connection.ExecuteAsync(session.Command(sql, new { found.Subscription }, cancellationToken));
        await session.CommitAsync(cancellationToken);
    }

    private async Task<Found?> FindAsync(string token, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT tenant_id AS Tenant, server_id AS ServerId, subscription_id AS Subscription, stops AS Stops, confirms AS Confirms
            FROM alerting.find_subscription(@hash)
            """;
        if (SubscriptionToken.TryHash(token) is not { } hash)
        {
            return null;
        }

        await using var connection = await doors.App.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Found>(
            new CommandDefinition(sql, new { hash }, cancellationToken: cancellationToken)
        );
    }

    private sealed record Found(int Tenant, int ServerId, int Subscription, bool Stops, bool Confirms)
    {
        public ServerKey Server => new(new TenantId(Tenant), new ServerId(ServerId));
    }
}
