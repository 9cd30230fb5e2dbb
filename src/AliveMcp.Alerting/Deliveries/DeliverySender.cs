using AliveMcp.Alerting.Sinks;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>Sends one claimed delivery once: first the gate, then the sink, then what came of it.</summary>
internal sealed class DeliverySender(
    DeliveryClaims claims,
    SinkDirectory sinks,
    SinkSwitch sinkSwitch,
    OperatorAlarms alarms,
    TimeProvider clock
)
{
    /// <summary>For one message, everything together; a claim lasts twice as long.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    /// <summary>A place that answers 404 may be away for a moment; after a day it is gone.</summary>
    private static readonly TimeSpan MissingFor = TimeSpan.FromHours(24);

    private readonly Random _dice = new();

    /// <summary>Whether the sink took what there was to take: one that did not is asked less for a while.</summary>
    /// <param name="delivery">What is to be sent.</param>
    /// <param name="sink">Where to, opened in the name of the delivery's tenant; null: that tenant has no such sink.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> SendAsync(ClaimedDelivery delivery, SinkAtHand? sink, CancellationToken cancellationToken)
    {
        if (TenantGate.Refusal(delivery.Rows) is { } refusal && !delivery.IsErased)
        {
            await RefuseAsync(delivery, refusal, cancellationToken);
            return true;
        }

        if (delivery.Over is { } over)
        {
            await claims.EndAsync(delivery, Words(over), "dropped", cancellationToken);
            return true;
        }

        if (delivery.IsDisabled || !delivery.IsVerified)
        {
            var why = delivery.IsDisabled ? "the sink is switched off" : "the sink is not verified";
            await claims.EndAsync(delivery, Words(why), "dead", cancellationToken);
            return true;
        }

        var answer = await AskAsync(delivery, sink, cancellationToken);
        await SettleAsync(delivery, answer, cancellationToken);
        return answer.Outcome != SinkOutcome.Later;
    }

    private async Task RefuseAsync(ClaimedDelivery delivery, string refusal, CancellationToken cancellationToken)
    {
        var alarm = new OperatorAlarm(
            FormattableString.Invariant($"forged:delivery:{delivery.DeliveryId}"),
            "forged_row",
            FormattableString.Invariant($"Delivery {delivery.DeliveryId}: {refusal}. Nothing was sent.")
        );
        await alarms.RaiseAsync(alarm, cancellationToken);
        await claims.EndAsync(delivery, Words("refused: its rows are not of one tenant"), "dropped", cancellationToken);
    }

    private async Task<SinkAnswer> AskAsync(
        ClaimedDelivery delivery,
        SinkAtHand? sink,
        CancellationToken cancellationToken
    )
    {
        if (delivery.Read() is not { } message || sink is null || !sinks.Has(sink.Kind))
        {
            return new SinkAnswer(SinkOutcome.Refused, null, "nobody here can send this");
        }

        using var patience = new CancellationTokenSource(Within, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await sinks.Of(sink.Kind).SendAsync(sink, message, delivery.Thread, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SinkAnswer(SinkOutcome.Later, null, "no answer in time");
        }
#pragma warning disable CA1031 // A sink that throws is a fault of ours; its message waits like any other, and no other waits for it.
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            await alarms.RaiseAsync(
                new OperatorAlarm(
                    FormattableString.Invariant($"sink_fault:{sink.Kind}"),
                    "sink_fault",
                    FormattableString.Invariant($"Sending to {sink.Kind} threw {fault.GetType().Name}.")
                ),
                cancellationToken
            );
            return new SinkAnswer(SinkOutcome.Later, null, "a fault of ours");
        }
    }

    private async Task SettleAsync(ClaimedDelivery delivery, SinkAnswer answer, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var isMissing = answer is { Status: 404, Outcome: SinkOutcome.Later or SinkOutcome.Refused };
        if (isMissing)
        {
            await claims.MissingAsync(delivery, answer, cancellationToken);
        }

        var isGone =
            answer.Outcome == SinkOutcome.Gone
            || (isMissing && delivery.MissingSince is { } since && now - since >= MissingFor);
        if (isGone)
        {
            await claims.EndAsync(delivery, answer, "dead", cancellationToken);
            await sinkSwitch.OffAsync(delivery, answer, cancellationToken);
        }
        else if (answer.Outcome == SinkOutcome.Delivered)
        {
            await claims.SentAsync(delivery, answer, cancellationToken);
        }
        else if ((answer.Outcome == SinkOutcome.Later || isMissing) && Next(delivery, answer, now) is { } nextAt)
        {
            await claims.LaterAsync(delivery, answer, nextAt, cancellationToken);
        }
        else
        {
            await claims.EndAsync(delivery, answer, "dead", cancellationToken);
        }
    }

    private DateTimeOffset? Next(ClaimedDelivery delivery, SinkAnswer answer, DateTimeOffset now)
    {
        double jitter;
        lock (_dice)
        {
            jitter = _dice.NextDouble();
        }

        return RetryPlan.NextAt(delivery.Tries, now, delivery.GiveUpAt, answer.RetryAfter, jitter);
    }

    private static SinkAnswer Words(string detail) => new(SinkOutcome.Refused, null, detail);
}
