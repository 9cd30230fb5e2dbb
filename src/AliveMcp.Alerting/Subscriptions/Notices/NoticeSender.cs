using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Alerting.Sinks.Email;

namespace AliveMcp.Alerting.Subscriptions.Notices;

/// <summary>Sends one claimed notice once, and settles what came of it.</summary>
internal sealed class NoticeSender(NoticeClaims claims, SubscriberPost post, TimeProvider clock)
{
    /// <summary>For one message, everything together; a claim lasts twice as long.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    /// <summary>A place that says that nobody is there may be away for a moment; after a day it is gone.</summary>
    private static readonly TimeSpan MissingFor = TimeSpan.FromHours(24);

    /// <summary>One that takes nothing for a week is not looked after by anybody.</summary>
    private static readonly TimeSpan FailingFor = TimeSpan.FromDays(7);

    /// <summary>Between incidents nothing is sent: a mark of longer ago says nothing of the time since, and the count begins anew.</summary>
    private static readonly TimeSpan MissingAtMost = TimeSpan.FromDays(7);
    private static readonly TimeSpan FailingAtMost = TimeSpan.FromDays(14);

    private readonly Random _dice = new();

    /// <param name="notice">What is to be sent.</param>
    /// <param name="secret">Where to; null: it cannot be opened now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task SendAsync(ClaimedNotice notice, SubscriberSecret? secret, CancellationToken cancellationToken)
    {
        if (!notice.IsWanted || notice.Read() is not { } message)
        {
            await claims.DoneAsync(notice, taken: false, cancellationToken);
            return;
        }

        if (secret is null)
        {
            await LaterAsync(notice, retryAfter: null, cancellationToken);
            return;
        }

        using var patience = new CancellationTokenSource(Within, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        SinkAnswer answer;
        try
        {
            answer = await post.SendAsync(notice.Kind, secret, message, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            answer = new SinkAnswer(SinkOutcome.Later, Status: null, "no answer in time")
            {
                IsOurs = notice.Kind == SubscriptionKind.Email,
            };
        }

        await SettleAsync(notice, answer, cancellationToken);
    }

    private async Task SettleAsync(ClaimedNotice notice, SinkAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Outcome == SinkOutcome.Delivered)
        {
            await claims.DoneAsync(notice, taken: true, cancellationToken);
            return;
        }

        if (!answer.IsOurs && !await KeepAsync(notice, answer, cancellationToken))
        {
            return;
        }

        if (answer.Outcome == SinkOutcome.Later)
        {
            await LaterAsync(notice, answer.RetryAfter, cancellationToken);
        }
        else
        {
            await claims.DoneAsync(notice, taken: false, cancellationToken);
        }
    }

    /// <summary>Counts how long the place takes nothing.</summary>
    /// <returns>False: long enough; it is forgotten.</returns>
    private async Task<bool> KeepAsync(ClaimedNotice notice, SinkAnswer answer, CancellationToken cancellationToken)
    {
        var isMissing = answer.Status == 404 || LetterCarrier.IsNobody(answer);
        var (missing, failing) = (
            Recent(notice.MissingSince, MissingAtMost),
            Recent(notice.FailingSince, FailingAtMost)
        );
        if (
            answer.Outcome == SinkOutcome.Gone
            || (isMissing && HasLasted(missing, MissingFor))
            || HasLasted(failing, FailingFor)
        )
        {
            await claims.ForgetAsync(notice, cancellationToken);
            return false;
        }

        var now = clock.GetUtcNow();
        await claims.FailedAsync(notice, failing ?? now, isMissing ? missing ?? now : null, cancellationToken);
        return true;
    }

    private Task LaterAsync(ClaimedNotice notice, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        double jitter;
        lock (_dice)
        {
            jitter = _dice.NextDouble();
        }

        return RetryPlan.NextAt(notice.Tries, clock.GetUtcNow(), notice.GiveUpAt, retryAfter, jitter) is { } nextAt
            ? claims.LaterAsync(notice, nextAt, cancellationToken)
            : claims.DoneAsync(notice, taken: false, cancellationToken);
    }

    private DateTimeOffset? Recent(DateTimeOffset? since, TimeSpan atMost) =>
        since is { } begin && clock.GetUtcNow() - begin <= atMost ? begin : null;

    private bool HasLasted(DateTimeOffset? since, TimeSpan longest) =>
        since is { } begin && clock.GetUtcNow() - begin >= longest;
}
