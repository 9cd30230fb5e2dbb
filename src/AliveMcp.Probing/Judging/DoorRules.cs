using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Judging;

/// <summary>Judges a refusal of strangers. Access is an axis of its own: a polite refusal where one is expected is as alive as can be.</summary>
internal static class DoorRules
{
    /// <summary>Turns the reason of a refusal into the verdict; null when the stop is no refusal.</summary>
    public static Verdict? Judge(Stop stop, Why why, ProtectionExpectation expected, VerifiedTo seen)
    {
        var depth = seen == VerifiedTo.Nothing ? VerifiedTo.Gate : seen;
        return why switch
        {
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
    }

    // An error inside JSON-RPC has no header to be polite with; it counts as the plain request to sign in that it is.
    private static bool IsPolite(Stop stop) =>
        stop.Status is not 401 || !string.IsNullOrWhiteSpace(stop.Signs?.Challenge) || stop.HasMetadata;

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
