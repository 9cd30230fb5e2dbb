using AliveMcp.Alerting.Sinks.Webhook;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>Writes wishes down, in the name of the tenant whose server they are about; where they lead is sealed in the same transaction.</summary>
internal sealed class SubscriptionBook(PostgresDoors doors, ThingVault vault, TimeProvider clock)
{
    /// <summary>How long a proof may be given: a mailbox is not looked into every hour.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>Nobody has so many readers; whoever makes them up finds an end.</summary>
    private const int MostOfServer = 20_000;

    /// <summary>One that is there already stays as it is: nobody can take somebody's subscription away by asking for it again.</summary>
    public async Task NoteAsync(ServerKey server, SubscriptionWish wish, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO alerting.subscription (tenant_id, server_id, kind, place_hash, stop_hash, asked_at, expires_at, proof_at)
            SELECT @tenant, @server, @kind, @place, @stop, @now, @until, @now
            WHERE (SELECT count(*) FROM (SELECT FROM alerting.subscription WHERE server_id = @server LIMIT @most) AS known) < @most
            ON CONFLICT DO NOTHING
            RETURNING subscription_id
            """;
        var (now, token) = (clock.GetUtcNow(), SubscriptionToken.New());
        var key = wish.Kind == SubscriptionKind.Webhook ? WebhookSettings.NewKey() : null;
        var values = new
        {
            tenant = server.Tenant.Value,
            server = server.Server.Value,
            kind = (short)wish.Kind,
            place = wish.HashAt(server.Server),
            stop = SubscriptionToken.HashOf(token),
            now,
            until = now + Life,
            most = MostOfServer,
        };
        await using var session = await doors.OpenAsync(server.Tenant, cancellationToken);
        var made = await session.Connection.QuerySingleOrDefaultAsync<int?>(
            session.Command(sql, values, cancellationToken)
        );
        if (made is { } subscription)
        {
            await vault.PutAsync(
                session.Transaction,
                SubscriberSecret.PlaceOf(server.Tenant, subscription),
                new SubscriberSecret(wish.Place, token, key).Write(),
                now,
                cancellationToken
            );
            await session.CommitAsync(cancellationToken);
        }
    }
}
