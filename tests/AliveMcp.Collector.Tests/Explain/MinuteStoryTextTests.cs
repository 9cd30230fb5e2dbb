using AliveMcp.Collector.Explain;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Explain;

public sealed class MinuteStoryTextTests
{
    private static readonly MinutePlan Plan = Sample.Plan(Sample.East, Sample.West, Sample.South);

    [Fact]
    public void An_open_minute_says_who_waits_who_spoke_and_until_when()
    {
        var story = new MinuteStory
        {
            Plan = Plan,
            Waiting = [new WaitingTicket(Sample.South, Lane.Shared, Plan.Minute.Start.AddSeconds(41))],
            Entries = [Sample.Down(Sample.East)],
            Deadline = Plan.Minute.Start.AddSeconds(90),
        };

        Assert.Equal(
            [
                "plan     2025-02-19T21:20Z, stands for 1 min, down when 2 of us-east, eu-west, ap-south say so",
                "tickets  lane shared, settings 3, a second try after 10 s when the first is not live",
                "queued   ap-south: in lane shared, starts at 21:20:41Z",
                "entry    us-east:  down (connection_refused) at connect",
                "silent   eu-west:  its ticket left the queue, no result yet",
                "silent   ap-south: its ticket is not taken yet",
                "open     until 21:21:30Z, when it is sealed with what was said by then",
            ],
            story.Lines
        );
    }

    [Fact]
    public void A_sealed_minute_says_what_counted_and_what_did_not()
    {
        var entries = new[]
        {
            Sample.UsualEntry(Sample.East) with
            {
                Tries = 2,
                FirstTryFailed = true,
            },
            Sample.Entry(Sample.West, ServerState.Unknown, Why.RegionInDoubt),
        };
        var story = new MinuteStory
        {
            Plan = Plan,
            Verdict = new VerdictMinute
            {
                Plan = Plan,
                State = ServerState.Live,
                Entries = entries,
            },
            Evidence = [new EvidenceLine(Sample.South, ServerState.Down, Why.Timeout, Late: true, "no answer")],
        };

        Assert.Equal(
            [
                "entry    us-east:  live, 601.0 ms, recovered on the second try",
                "entry    eu-west:  unknown (region_in_doubt); too many servers failed from there alone, so it does not count",
                "silent   ap-south: no result in time: its ticket expired, or its prober was lost",
                "evidence ap-south: down (timeout), late: kept, not counted – no answer",
                "sealed   live, 0 of 1 regions that could look say down",
            ],
            story.Lines.Skip(2)
        );
    }

    [Fact]
    public void A_confirmation_round_and_a_server_that_asked_for_rest_are_told()
    {
        var rotating = Plan with { Rotating = true, Slowed = Slowed.Asked, Lane = Lane.Isolated };
        var story = new MinuteStory { Plan = rotating, StaysAwayUntil = Plan.Minute.Start.AddMinutes(7) };

        Assert.Equal(
            [
                "tickets  lane isolated, settings 3, no second try",
                "note     looked at less often: the server asked for it (429, or 503 with Retry-After)",
                "round    confirmation: us-east was the one whose turn it was, eu-west, ap-south look as well",
                "backoff  the server asked us to stay away until 2025-02-19T21:27:00Z",
            ],
            story.Lines.Skip(1).Take(4)
        );
    }
}
