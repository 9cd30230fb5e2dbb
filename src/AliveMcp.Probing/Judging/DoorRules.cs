using AliveMcp.Probing.Credentials;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Judging;

/// <summary>
/// Judges doors: the refusal of a stranger, the refusal of a credential, and a door that should have been shut.
/// Access is an axis of its own: a polite refusal where one is expected is as alive as can be.
/// </summary>
internal static class DoorRules
{
    /// <summary>Turns the reason of a refusal into the verdict; null when the stop is no refusal.</summary>
    public static Verdict? Judge(Stop stop, Why why, ProbeOrder order, Sighting sighting)
    {
        var seen = sighting.List is null ? VerifiedTo.Nothing : VerifiedTo.Handshake;
        var depth = seen == VerifiedTo.Nothing ? VerifiedTo.Gate : seen;
        if (why is Why.CredentialRejected or Why.TokenUnavailable)
        {
            // Nothing was shown, so nothing was looked at but, perhaps, the door.
            return OpenDoor(sighting, order, depth)
                ?? Refuse(stop, why, sighting.Gate?.Access ?? Access.Unknown, sighting.Gate is null ? seen : depth);
        }

        if (stop.Key != KeyStanding.None && why is Why.AuthRequired or Why.AuthForbidden)
        {
            return OpenDoor(sighting, order, depth) ?? Rejected(stop, depth);
        }

        return Stranger(stop, why, order.Expectations.Protection, depth);
    }

    /// <summary>What the stranger's look found although the credential lets us in; null when nothing is wrong with the door.</summary>
    public static Verdict? Gate(Sighting sighting, ProbeOrder order, VerifiedTo depth) =>
        OpenDoor(sighting, order, depth)
        ?? (
            sighting.Gate?.SignInBreak is not { } broken
                ? null
                : new Verdict
                {
                    State = WhyWords.Outcome(Why.AuthDiscoveryBroken),
                    Why = Why.AuthDiscoveryBroken,
                    FailedAt = ProbeStep.SignIn,
                    Access = Access.Protected,
                    VerifiedTo = depth,
                    Detail = broken,
                }
        );

    /// <summary>Whether a refusal tells the way in. An error inside JSON-RPC has no header to be polite with; it counts as the plain request to sign in that it is.</summary>
    public static bool IsPolite(Stop stop) =>
        stop.Status is not 401 || !string.IsNullOrWhiteSpace(stop.Signs?.Challenge) || stop.HasMetadata;

    /// <summary>The credential counts, but not for this (RFC 6750, section 3.1): another token of the same client would not do better.</summary>
    public static bool LacksScope(Stop stop) =>
        stop.Status == 403
        && string.Equals(
            Challenge.Parameter(stop.Signs?.Challenge, "error"),
            "insufficient_scope",
            StringComparison.OrdinalIgnoreCase
        );

    private static Verdict? Stranger(Stop stop, Why why, ProtectionExpectation expected, VerifiedTo depth) =>
        why switch
        {
            Why.AuthRequired when stop.SignInBreak is { } broken && expected != ProtectionExpectation.Open => Refuse(
                stop,
                Why.AuthDiscoveryBroken,
                Access.Misconfigured,
                depth
            ) with
            {
                FailedAt = ProbeStep.SignIn,
                Detail = broken,
            },
            Why.AuthRequired when !IsPolite(stop) => Refuse(
                stop,
                Why.AuthRequiredBare,
                Access.Misconfigured,
                depth
            ) with
            {
                Detail = "expected a WWW-Authenticate header that tells the way in, got 401 without one",
            },
            Why.AuthRequired when expected != ProtectionExpectation.Open => new Verdict
            {
                State = ServerState.Live,
                Access = Access.Protected,
                VerifiedTo = depth,
                HttpStatus = stop.Status,
            },
            Why.AuthRequired => Refuse(stop, Why.AuthRequired, Access.Protected, depth) with
            {
                Detail = "expected an open door, got a polite request to sign in",
            },
            Why.AuthForbidden => Refuse(stop, Why.AuthForbidden, Access.Misconfigured, depth),
            Why.LoginRedirect => Refuse(stop, Why.LoginRedirect, Access.Misconfigured, depth),
            _ => null,
        };

    // Who has a credential expects a door to show it at, unless told otherwise.
    private static Verdict? OpenDoor(Sighting sighting, ProbeOrder order, VerifiedTo depth) =>
        sighting.Gate is not { Access: Access.Open } || order.Expectations.Protection == ProtectionExpectation.Open
            ? null
            : new Verdict
            {
                State = WhyWords.Outcome(Why.DoorOpen),
                Why = Why.DoorOpen,
                FailedAt = ProbeStep.Gate,
                Access = Access.Open,
                VerifiedTo = depth,
                Detail = "expected strangers to be asked to sign in, got an answer without a credential",
            };

    // Only the owner knows whether a static credential still counts: that is our blindness. A token issued a moment ago that is not
    // taken is the server's failure, as every client would meet it; a scope that was never granted is not.
    private static Verdict Rejected(Stop stop, VerifiedTo depth)
    {
        var lacksScope = LacksScope(stop);
        var isServers = stop.Key == KeyStanding.FreshToken && !lacksScope;
        return Refuse(stop, Why.CredentialRejected, Access.Protected, depth) with
        {
            State = isServers ? ServerState.Down : ServerState.Unknown,
            Detail = stop.Key switch
            {
                KeyStanding.Withheld =>
                    "expected the registered URL itself to answer, got a redirect to another origin: the credential is bound to the registered one and was not shown there",
                _ when lacksScope =>
                    $"expected the credential to suffice, got 403 insufficient_scope: {Challenge.Parameter(stop.Signs?.Challenge, "scope") ?? "the scope is not named"}",
                KeyStanding.FreshToken => $"expected a fresh token to be accepted, got {Got(stop)}",
                _ => $"expected the credential to be accepted, got {Got(stop)}",
            },
        };
    }

    private static string Got(Stop stop)
    {
        var error = Challenge.Parameter(stop.Signs?.Challenge, "error");
        var said = Challenge.Parameter(stop.Signs?.Challenge, "error_description");
        return stop.Fault == WireFault.RpcError
            ? $"JSON-RPC error {stop.Error?.Code}: {stop.Error?.Message}"
            : $"HTTP {stop.Status}{(error is null ? "" : $" {error}")}{(said is null ? "" : $" ({said})")}";
    }

    private static Verdict Refuse(Stop stop, Why why, Access access, VerifiedTo depth) =>
        new()
        {
            State = WhyWords.Outcome(why),
            Why = why,
            FailedAt = stop.Step,
            Access = access,
            VerifiedTo = depth,
            Detail = stop.Detail,
            HttpStatus = stop.Status,
        };
}
