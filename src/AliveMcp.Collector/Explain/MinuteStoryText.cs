using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;

namespace AliveMcp.Collector.Explain;

internal static class MinuteStoryText
{
    public static IReadOnlyList<string> Of(MinuteStory story)
    {
        var plan = story.Plan;
        var lines = new List<string>
        {
            $"plan     {plan.Minute}, weight {plan.Weight}, quorum {plan.Quorum} of {string.Join(", ", plan.Regions)}"
                + $", settings {plan.SettingsVersion}{(plan.Maintenance ? ", maintenance" : "")}{(plan.Rotating ? ", rotating" : "")}",
        };
        lines.AddRange(
            story.Waiting.Select(ticket => $"queued   {ticket.Region}: starts at {ticket.Start:HH:mm:ss'Z'}")
        );
        var entries = story.Verdict?.Entries ?? story.Entries;
        lines.AddRange(entries.Select(Line));
        lines.AddRange(
            plan.Regions.Where(region => entries.All(entry => entry.Region != region))
                .Select(region => $"silent   {region}")
        );
        lines.AddRange(story.Evidence.Select(Line));
        lines.Add(
            story.Verdict is { } verdict
                ? $"sealed   {StateWords.Word(verdict.State)}{Because(verdict.Why)}"
                : $"open     until {story.Deadline:HH:mm:ss'Z'}"
        );
        return lines;
    }

    private static string Line(RegionEntry entry) =>
        $"entry    {entry.Region}: {StateWords.Word(entry.State)}{Because(entry.Why)}"
        + (entry.Phases is { } phases ? $", {phases.Total / 1000.0:0.0} ms" : "")
        + (entry.Tries > 1 ? ", second try" : "");

    private static string Line(EvidenceLine evidence) =>
        $"evidence {evidence.Region}: {StateWords.Word(evidence.State)}{Because(evidence.Why)}{(evidence.Late ? ", late" : "")}"
        + (evidence.Detail is null ? "" : $" – {evidence.Detail}");

    private static string Because(Why why) => WhyWords.Word(why) is { } word ? $" ({word})" : "";
}
