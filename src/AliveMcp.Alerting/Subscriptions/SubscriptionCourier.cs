using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>
/// Sends the proofs that visitors asked for: one letter with a link, or one challenge. The link is made here, when it is sent, and the database
/// gets its hash alone. Several at once are fine: a proof is claimed for a minute. There are three tries at most, and a letter that may have
/// left is not sent again.
/// </summary>
internal sealed class SubscriptionCourier(
    PostgresDoors doors,
    ThingVault vault,
    SubscriberPost post,
    TimeProvider clock
)
{
    private const int AtOnce = 20;

    /// <summary>From the first try to the second.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    /// <summary>From the wish to the last try.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Sends what is due of one kind: letters do not wait for webhooks that hang.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> CarryAsync(SubscriptionKind kind, CancellationToken cancellationToken)
    {
        // The next try is fixed before this one: whoever dies in the middle of it has had it.
        const string sql = """
            UPDATE alerting.subscription AS asked SET proof_at = CASE
                WHEN asked.asked_at > @first THEN @soon
                WHEN asked.asked_at > @second THEN GREATEST(asked.asked_at + (@now - @second), @soon) END
            FROM (SELECT subscription_id FROM alerting.subscription
                WHERE proof_at <= @now AND kind = @kind AND confirmed_at IS NULL AND expires_at > @now
                ORDER BY proof_at LIMIT @take FOR UPDATE SKIP LOCKED) AS due
            WHERE asked.subscription_id = due.subscription_id
            RETURNING asked.tenant_id AS Tenant, asked.subscription_id AS Subscription, asked.kind AS Kind, asked.proof_at AS Next
            """;
        var now = clock.GetUtcNow();
        var values = new
        {
            now,
            soon = now + Soon,
            first = now - Soon,
            second = now - Patience,
            kind = (short)kind,
            take = AtOnce,
        };
        List<Due> due;
        await using (var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken))
        {
            due =
            [
                .. await connection.QueryAsync<Due>(
                    new CommandDefinition(sql, values, cancellationToken: cancellationToken)
                ),
            ];
        }

        var secrets = await vault.OpenAsync([.. due.Select(row => row.Place)], cancellationToken);
        // A place that hangs keeps nobody else waiting.
        await Task.WhenAll(
            due.Select(row =>
                CarryAsync(row, SubscriberSecret.Read(secrets.GetValueOrDefault(row.Place)), cancellationToken)
            )
        );
        return due.Count;
    }

    private Task CarryAsync(Due due, SubscriberSecret? secret, CancellationToken cancellationToken)
    {
        if (secret is null)
        {
            // A key is missing here now, which is no try.
            return ExecuteAsync(
                "UPDATE alerting.subscription SET proof_at = @again WHERE subscription_id = @Subscription AND confirmed_at IS NULL",
                due,
                new { again = clock.GetUtcNow() + Soon },
                cancellationToken
            );
        }

        return due.Kind == SubscriptionKind.Email
            ? WriteAsync(due, secret, cancellationToken)
            : ChallengeAsync(due, secret, cancellationToken);
    }

    private async Task WriteAsync(Due due, SubscriberSecret secret, CancellationToken cancellationToken)
    {
        var token = SubscriptionToken.New();
        // The hash first: a letter whose link is not known would be worse than a link that nobody was sent. From here on it may have left.
        await ExecuteAsync(
            """
            UPDATE alerting.subscription SET token_hash = @hash, proof_at = NULL
            WHERE subscription_id = @Subscription AND confirmed_at IS NULL
            """,
            due,
            new { hash = SubscriptionToken.HashOf(token) },
            cancellationToken
        );
        var answer = await post.AskAsync(secret, token, cancellationToken);
        await SettleAsync(due, answer, cancellationToken);
    }

    private async Task ChallengeAsync(Due due, SubscriberSecret secret, CancellationToken cancellationToken)
    {
        var code = SubscriptionToken.New();
        var challenge = new JsonObject
        {
            ["version"] = 1,
            ["type"] = "challenge",
            ["challenge"] = code,
            // Told to the place itself and not to whoever asked: only the place has to check what comes.
            ["secret"] = secret.Key,
            ["unsubscribe_url"] = post.StopOf(secret)?.AbsoluteUri,
        };
        var reply = await post.PostAsync(secret, JsonSerializer.SerializeToUtf8Bytes(challenge), cancellationToken);
        if (reply.IsTaken && ChallengeEcho.IsSaidBack(reply.Body, code))
        {
            await ExecuteAsync(
                """
                UPDATE alerting.subscription SET confirmed_at = @now, proof_at = NULL
                WHERE subscription_id = @Subscription AND confirmed_at IS NULL
                """,
                due,
                new { now = clock.GetUtcNow() },
                cancellationToken
            );
            return;
        }

        var answer = reply.ToAnswer();
        await SettleAsync(
            due,
            answer.Outcome == SinkOutcome.Later ? answer : answer with { Outcome = SinkOutcome.Refused },
            cancellationToken
        );
    }

    /// <summary>A letter that was taken, or may have been, waits for its reader; what was refused, or not taken at the last try, is forgotten.</summary>
    private Task SettleAsync(Due due, SinkAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Outcome == SinkOutcome.Delivered || answer.MayHaveLeft)
        {
            return Task.CompletedTask;
        }

        var sql =
            answer.Outcome == SinkOutcome.Later && due.Next is not null
                ? "UPDATE alerting.subscription SET proof_at = @Next WHERE subscription_id = @Subscription AND confirmed_at IS NULL"
                : "DELETE FROM alerting.subscription WHERE subscription_id = @Subscription AND confirmed_at IS NULL";
        return ExecuteAsync(sql, due, new { due.Next }, cancellationToken);
    }

    private async Task ExecuteAsync(string sql, Due due, object more, CancellationToken cancellationToken)
    {
        var values = new DynamicParameters(more);
        values.Add(nameof(due.Subscription), due.Subscription);
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: cancellationToken));
    }

    private sealed class Due
    {
        public int Tenant { get; init; }

        public int Subscription { get; init; }

        public SubscriptionKind Kind { get; init; }

        /// <summary>When the next try is; null: this is the last.</summary>
        public DateTimeOffset? Next { get; init; }

        public ThingPlace Place => SubscriberSecret.PlaceOf(new TenantId(Tenant), Subscription);
    }
}
