using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Incidents;

/// <summary>What is said of incidents, in our own words. The server's name is the only thing of its owner's, made safe to read.</summary>
internal static class IncidentWords
{
    /// <summary>What ends an incident of a server that is paused, or whose tenant is suspended: nobody knows how it is.</summary>
    public const string Unwatched = "is not watched any more";

    private const int LongestName = 120;

    /// <summary>One line of at most 300 characters.</summary>
    public static string Summary(ReportedChange reported)
    {
        var name = SafeText.Of(reported.Server.Name, LongestName);
        return SafeText.Of(
            reported.Change.Act switch
            {
                ChangeAct.Opened or ChangeAct.Nearer when reported.Change.Ends is { } ends =>
                    $"{name} {Ending(reported.Change, ends)}",
                ChangeAct.Opened => $"{name} {Opened(reported.Change)}",
                ChangeAct.Flapping => $"{name} comes and goes: it went down and up at least twice within half an hour",
                ChangeAct.Steady => $"{name} no longer comes and goes: it is down",
                ChangeAct.Overtaken => $"{name} is down now, which is told by itself",
                ChangeAct.Accepted => $"{name} still asks to sign in; that counts as its normal state now",
                ChangeAct.Unwatched => $"{name} {Unwatched}",
                _ => $"{name} {Closed(reported.Change)}",
            }
        );
    }

    public static string UpdateKind(ChangeAct act) =>
        act switch
        {
            ChangeAct.Opened => "opened",
            ChangeAct.Flapping => "flapping",
            ChangeAct.Steady => "steady",
            ChangeAct.Nearer => "nearer",
            _ => "resolved",
        };

    /// <summary>What was measured, or what the reason says and what can be done about it; empty when there is none.</summary>
    public static string Details(StatusChange change) =>
        change.Measured is { } measured ? measured
        : change.Act is ChangeAct.Opened or ChangeAct.Flapping or ChangeAct.Steady
            ? string.Join(
                ' ',
                new[] { WhyWords.Sentence(change.Reason), WhyRemedies.Of(change.Reason) }.OfType<string>()
            )
        : "";

    private static string Opened(StatusChange change) =>
        change.Kind switch
        {
            AlertKind.Outage => $"is down: {Reason(change)}{Share(change.Minute)}",
            AlertKind.Regional => $"is down in some regions{Share(change.Minute)}",
            AlertKind.Degraded => $"is degraded: {Reason(change)}{Share(change.Minute)}",
            AlertKind.DoorOpen => "lets strangers in though it should not",
            AlertKind.AccessChanged => "asks to sign in; it was open before",
            AlertKind.TestCall => $"answers its test call wrong: {Reason(change)}",
            AlertKind.Credential => $"cannot be looked at: {Reason(change)}",
            AlertKind.Blocked when change.Reason == Why.RateLimited =>
                "has asked us to come less often for half an hour",
            AlertKind.Blocked => "has kept us out behind a bot wall for ten minutes",
            AlertKind.Blind => "cannot be seen by us; this says nothing about the server itself",
            AlertKind.NeverLive => $"was added and was never seen live: {Reason(change)}",
            AlertKind.ErrorRate => "answers first tries with failures again and again",
            AlertKind.Latency => "is much slower than usual",
            AlertKind.Burn => $"spends its error budget too fast: {change.Looks} bad minutes lately",
            _ => "has an incident",
        };

    private static string Ending(StatusChange change, DateTimeOffset ends)
    {
        var left = ends - change.At.Start;
        var what = change.Kind == AlertKind.Certificate ? "has a certificate" : "is watched with a credential";
        var when = FormattableString.Invariant($"{ends.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        return left <= TimeSpan.Zero ? $"{what} that ended {when}" : $"{what} that ends {when}, in {InWords(left)}";
    }

    private static string InWords(TimeSpan left) =>
        left >= TimeSpan.FromDays(2) ? FormattableString.Invariant($"{(int)left.TotalDays} days")
        : left >= TimeSpan.FromHours(2) ? FormattableString.Invariant($"{(int)left.TotalHours} hours")
        : FormattableString.Invariant($"{Math.Max(1, (int)left.TotalMinutes)} min");

    private static string Closed(StatusChange change) =>
        change.Kind switch
        {
            AlertKind.Outage => "is up again",
            AlertKind.Regional => "is reached from all regions again",
            AlertKind.Degraded => "is no longer degraded",
            AlertKind.DoorOpen => "no longer lets strangers in",
            AlertKind.AccessChanged => "is open again",
            AlertKind.TestCall => "answers its test call as expected again",
            AlertKind.Credential when change.ConfirmedIn.Value < 0 =>
                "is no longer watched with the credential that ends",
            AlertKind.Credential => "takes our credential again",
            AlertKind.Certificate => "has a new certificate",
            AlertKind.Blocked => "lets us in again",
            AlertKind.Blind => "is seen by us again",
            AlertKind.NeverLive => "is live for the first time",
            AlertKind.ErrorRate => "answers first tries again",
            AlertKind.Latency => "is as fast as usual again",
            AlertKind.Burn => "no longer spends its error budget too fast",
            _ => "is well again",
        };

    /// <summary>The reason's sentence, so that it goes on behind a colon.</summary>
    private static string Reason(StatusChange change) =>
        WhyWords.Sentence(change.Reason) is { Length: > 1 } sentence
            ? char.ToLowerInvariant(sentence[0]) + sentence[1..].TrimEnd('.')
            : "no reason is known";

    private static string Share(TrackedMinute? minute)
    {
        if (minute is null || minute.Regions.Count < 2)
        {
            return "";
        }

        var failed = minute.Regions.Count(region => region.State is ServerState.Down or ServerState.Degraded);
        return $" ({failed} of {minute.Regions.Count} regions)";
    }
}
