using System.Globalization;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Explain;

/// <summary>The story as lines: a word for the stage, then what happened there, in the order of the path.</summary>
internal static class MinuteStoryText
{
    private static readonly StringComparer ByName = StringComparer.Ordinal;

    public static IReadOnlyList<string> Of(MinuteStory story)
    {
        var plan = story.Plan;
        var width = plan.Regions.Select(region => region.Name.Length).Append(0).Max();
        var lines = new List<string> { Planned(plan), Tickets(plan) };
        lines.AddRange(Conditions(plan, story));
        lines.AddRange(story.Waiting.OrderBy(ticket => ticket.Region.Name, ByName).Select(Line));
        lines.AddRange((story.Verdict?.Entries ?? story.Entries).Select(entry => Line(entry, width)));
        lines.AddRange(story.Silent.Select(region => Silent(story, region, width)));
        lines.AddRange(story.Evidence.Select(evidence => Line(evidence, width)));
        lines.Add(
            story.Verdict is { } verdict
                ? $"sealed   {StateWords.Word(verdict.State)}{Because(verdict.Why)}, {Counted(verdict)}"
                : $"open     until {Clock(story.Deadline)}, when it is sealed with what was said by then"
        );
        return lines;
    }

    private static string Planned(MinutePlan plan) =>
        Text($"plan     {plan.Minute}, stands for {plan.Weight} min, {Rule(plan)}");

    private static string Rule(MinutePlan plan) =>
        plan is { Rotating: true, Regions.Count: 1 }
            ? Text($"looked at from {plan.Regions[0]}, which alone does not make it down")
            : Text(
                $"down when {Math.Min(plan.Quorum, plan.Regions.Count)} of {string.Join(", ", plan.Regions)} {(plan is { Quorum: 1 } or { Regions.Count: 1 } ? "says" : "say")} so"
            );

    private static string Tickets(MinutePlan plan) =>
        Text($"tickets  lane {LaneWords.Name(plan.Lane)}, settings {plan.SettingsVersion}")
        + (plan.Rotating ? ", no second try" : ", a second try after 10 s when the first is not live");

    private static IEnumerable<string> Conditions(MinutePlan plan, MinuteStory story)
    {
        if (plan.Maintenance)
        {
            yield return "note     planned maintenance: probed and kept, left out of uptime";
        }

        if (Because(plan.Slowed) is { } slowed)
        {
            yield return "note     looked at less often: " + slowed;
        }

        if (plan.Rotating)
        {
            yield return "round    "
                + (
                    plan.Regions.Count > 1
                        ? $"confirmation: {plan.Regions[0]} was the one whose turn it was, {string.Join(", ", plan.Regions.Skip(1))} look as well"
                        : $"one region a minute, by turn: {plan.Regions[0]}"
                            + (
                                plan.Reserve.Count > 0
                                    ? $"; {string.Join(", ", plan.Reserve)} are asked when it fails"
                                    : ""
                            )
                );
        }

        if (story.StaysAwayUntil is { } until)
        {
            yield return $"backoff  the server asked us to stay away until {until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}";
        }
    }

    private static string Line(WaitingTicket ticket) =>
        $"queued   {ticket.Region}: in lane {LaneWords.Name(ticket.Lane)}, starts at {Clock(ticket.Start)}";

    /// <summary>Nobody notes who took a ticket: that would double what the queue costs.</summary>
    private static string Silent(MinuteStory story, Region region, int width)
    {
        var isWaiting = story.Waiting.Any(ticket => ticket.Region == region);
        return $"silent   {Padded(region, width)}"
            + (
                story.Verdict is not null ? "no result in time: its ticket expired, or its prober was lost"
                : isWaiting ? "its ticket is not taken yet"
                : "its ticket left the queue, no result yet"
            );
    }

    private static string Line(RegionEntry entry, int width) =>
        $"entry    {Padded(entry.Region, width)}{StateWords.Word(entry.State)}{Because(entry.Why)}"
        + (entry.FailedAt is { } step ? $" at {StepWords.Name(step)}" : "")
        + (entry.Phases is { } phases ? Text($", {phases.Total / 1000.0:0.0} ms") : "")
        + (
            entry.Tries < 2 ? ""
            : entry.RecoveredOnRetry ? ", recovered on the second try"
            : ", two tries"
        )
        + (entry.Why == Why.RegionInDoubt ? "; too many servers failed from there alone, so it does not count" : "");

    private static string Line(EvidenceLine evidence, int width) =>
        $"evidence {Padded(evidence.Region, width)}{StateWords.Word(evidence.State)}{Because(evidence.Why)}{(evidence.Late ? ", late: kept, not counted" : "")}"
        + (evidence.Detail is null ? "" : $" – {evidence.Detail}");

    private static string Counted(VerdictMinute verdict)
    {
        var believed = verdict.Entries.Where(entry => entry.State != ServerState.Unknown).ToList();
        var down = believed.Count(entry => entry.State == ServerState.Down);
        return Text($"{down} of {believed.Count} regions that could look say down");
    }

    private static string? Because(Slowed slowed) =>
        slowed switch
        {
            Slowed.Asked => "the server asked for it (429, or 503 with Retry-After)",
            Slowed.SessionsStay => "it does not end the sessions that we ask it to end",
            Slowed.HostCrowded => "so many servers of its host are watched that together they would be asked too often",
            _ => null,
        };

    private static string Because(Why why) => WhyWords.Word(why) is { } word ? $" ({word})" : "";

    private static string Padded(Region region, int width) => (region.Name + ":").PadRight(width + 2);

    private static string Clock(DateTimeOffset? time) => time is { } at ? $"{at.UtcDateTime:HH:mm:ss'Z'}" : "?";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
