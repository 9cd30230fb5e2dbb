using AliveMcp.Collector.Minutes;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary.Minutes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Collector.Tests.Minutes;

/// <summary>The steps of a collector, one script after the other, as the intake and the sweep take them, with a death between any two.</summary>
internal sealed class MortalCollector(RedisDoor door)
{
    // A new one remembers nothing: whoever takes over after a death has to ask Redis.
    private readonly RegionDoubts _doubts = new(
        new TallyScript(door),
        TimeProvider.System,
        NullLogger<RegionDoubts>.Instance
    );

    /// <returns>The verdict, when this delivery led to one or found it.</returns>
    public async Task<VerdictMinute?> DeliverAsync(MinutePlan plan, RegionEntry entry, Reach reach)
    {
        var answer = await new RecordScript(door).RunAsync(plan.Server.Server, plan.Minute, entry);
        if (reach == Reach.Recorded)
        {
            return null;
        }

        var minute = answer.Open is { } open ? await _doubts.BelievedAsync(open) : null;
        var turn = MinuteCourse.Next(minute, answer.IsRoundAgain);
        if (turn == MinuteTurn.AskRound)
        {
            var latest = plan.Minute.Start + TimeSpan.FromHours(1);
            var round = (await new ExtendScript(door).RunAsync(minute!.Plan, latest)).Round;
            turn = round is null ? MinuteTurn.Seal : MinuteTurn.Wait;
        }

        return turn == MinuteTurn.Seal && reach == Reach.Done ? await SealAsync(minute!, isOver: false) : null;
    }

    public async Task<VerdictMinute?> SweepAsync(MinutePlan plan) =>
        await new OpenMinuteReader(door).ReadAsync(plan.Server.Server, plan.Minute) is { } open
            ? await SealAsync(open, isOver: true)
            : null;

    private async Task<VerdictMinute?> SealAsync(OpenMinute minute, bool isOver)
    {
        while (isOver || minute.IsComplete)
        {
            minute = await _doubts.BelievedAsync(minute);
            var answer = await new SealScript(door).RunAsync(MinuteRule.Judge(minute.Plan, minute.Entries));
            if (answer.Outcome != SealOutcome.EntriesChanged)
            {
                return answer.Verdict;
            }

            minute = answer.Open!;
        }

        return null;
    }
}
