using AliveMcp.Alerting.Messages;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Subscriptions.Notices;

/// <summary>One notice for one subscriber, ours to send until the claim ends.</summary>
internal sealed class ClaimedNotice
{
    public long Delivery { get; init; }

    public Guid Claim { get; init; }

    public int Tenant { get; init; }

    public int Subscription { get; init; }

    public SubscriptionKind Kind { get; init; }

    public long Notice { get; init; }

    public string Message { get; init; } = "";

    public int Tries { get; init; }

    public DateTimeOffset GiveUpAt { get; init; }

    /// <summary>Its server is public, and the place said yes.</summary>
    public bool IsWanted { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    public DateTimeOffset? MissingSince { get; init; }

    public ThingPlace Place => SubscriberSecret.PlaceOf(new TenantId(Tenant), Subscription);

    public AlertMessage? Read() =>
        AlertJson.Read(Message) is { } message
            ? message with
            {
                Id = FormattableString.Invariant($"ntc_{Notice}"),
            }
            : null;

    /// <summary>Nothing of whose it is.</summary>
    public override string ToString() => FormattableString.Invariant($"notice {Notice}, delivery {Delivery}");
}

/// <summary>Which notices a lane takes.</summary>
/// <param name="Kind">For whom.</param>
/// <param name="Troubled">Those that were tried before, or whose place did not take the last; null: all.</param>
/// <param name="Most">At once.</param>
internal sealed record NoticeWish(SubscriptionKind Kind, bool? Troubled, int Most);
