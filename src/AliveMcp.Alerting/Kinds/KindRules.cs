using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;
using static AliveMcp.Alerting.Changes.Bearing;

namespace AliveMcp.Alerting.Kinds;

/// <summary>The kinds that are seen in minutes, a rule each.</summary>
internal static class KindRules
{
    /// <summary>Not live for so long: it is told of.</summary>
    private const int RegionalMinutes = 3;
    private const int DegradedMinutes = 10;
    private const int WallMinutes = 10;
    private const int RateLimitMinutes = 30;
    private const int BlindMinutes = 15;

    public static IReadOnlyList<KindRule> Unarmed { get; } = [new(AlertKind.NeverLive, NeverLive, AtOnce)];

    public static IReadOnlyList<KindRule> Armed { get; } =
    [
        new(AlertKind.NeverLive, (_, _) => Good, AtOnce),
        new(AlertKind.Outage, Outage, (minute, settings) => settings.ConfirmationOf(minute)),
        new(AlertKind.Regional, Regional, (minute, _) => Confirmation.Lasting(RegionalMinutes, minute.Weight, 2)),
        new(AlertKind.Degraded, Degraded, (minute, _) => Confirmation.Lasting(DegradedMinutes, minute.Weight, 2)),
        new(AlertKind.DoorOpen, DoorOpen, (minute, _) => TwoOfThree(minute)),
        new(AlertKind.AccessChanged, AccessChanged, (minute, _) => TwoOfThree(minute)),
        new(AlertKind.TestCall, TestCall, (minute, _) => new(3, 5, 2, Confirmation.GapOf(minute.Weight))),
        new(AlertKind.Credential, Credential, (minute, _) => TwoOfThree(minute)),
        new(AlertKind.Blocked, Blocked, BlockedFor),
        new(AlertKind.Blind, Blind, AtOnce),
        new(AlertKind.ErrorRate, ErrorRate.Judge, AtOnce),
    ];

    public static bool IsTestCall(Why why) =>
        why is Why.TestCallError or Why.TestCallIsError or Why.TestCallNeedsInput or Why.TestCallAssertion;

    private static bool IsCredential(Why why) => why is Why.CredentialRejected or Why.TokenUnavailable;

    private static bool IsWall(Why why) => why is Why.BotChallenge or Why.RateLimited;

    private static Bearing Of(bool isBad) => isBad ? Bad : Good;

    private static Bearing NeverLive(TrackedMinute minute, Standing standing) =>
        minute.Minute.Value - (standing.First ?? minute.Minute.Value) >= StateTracker.NeverLiveAfter ? Bad : Skip;

    private static Bearing Outage(TrackedMinute minute, Standing standing) => minute.IsKnown ? Of(minute.IsOut) : Skip;

    private static Bearing Regional(TrackedMinute minute, Standing standing) =>
        minute.IsKnown && !minute.IsOut ? Of(minute.Why == Why.Regional) : Skip;

    /// <summary>Reasons that have a kind of their own are left to it.</summary>
    private static Bearing Degraded(TrackedMinute minute, Standing standing) =>
        minute.IsKnown && !minute.IsOut
            ? Of(
                minute.State == ServerState.Degraded
                    && minute.Why is not (Why.Regional or Why.DoorOpen)
                    && !IsTestCall(minute.Why)
                    && WhyWords.LayerOf(minute.Why, minute.FailedAt) != FailureLayer.Auth
            )
            : Skip;

    private static Bearing DoorOpen(TrackedMinute minute, Standing standing) =>
        minute.IsKnown && !minute.IsOut ? Of(minute.Why == Why.DoorOpen) : Skip;

    private static Bearing AccessChanged(TrackedMinute minute, Standing standing) =>
        standing.Access == Access.Open && minute.Access != Access.Unknown ? Of(minute.Access != Access.Open) : Skip;

    private static Bearing TestCall(TrackedMinute minute, Standing standing) =>
        minute.IsKnown && !minute.IsOut ? Of(IsTestCall(minute.Why)) : Skip;

    private static Bearing Credential(TrackedMinute minute, Standing standing) =>
        IsCredential(minute.Why) ? Bad
        : minute.IsKnown && !minute.IsOut ? Good
        : Skip;

    private static Bearing Blocked(TrackedMinute minute, Standing standing) =>
        minute.IsKnown ? Good
        : IsWall(minute.Why) ? Bad
        : Skip;

    private static Confirmation BlockedFor(TrackedMinute minute, TrackerSettings settings) =>
        Confirmation.Lasting(minute.Why == Why.RateLimited ? RateLimitMinutes : WallMinutes, minute.Weight, 1);

    private static Bearing Blind(TrackedMinute minute, Standing standing) =>
        minute.IsKnown ? Good
        : IsWall(minute.Why) || IsCredential(minute.Why) ? Skip
        : minute.End.Value - standing.UnknownSince >= Math.Max(BlindMinutes, 3 * minute.Weight) ? Bad
        : Skip;

    private static Confirmation TwoOfThree(TrackedMinute minute) => new(2, 3, 2, Confirmation.GapOf(minute.Weight));

    private static Confirmation AtOnce(TrackedMinute minute, TrackerSettings settings) =>
        new(1, 1, 1, Confirmation.GapOf(minute.Weight));
}
