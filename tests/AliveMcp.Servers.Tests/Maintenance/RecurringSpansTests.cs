using AliveMcp.Servers.Maintenance;

namespace AliveMcp.Servers.Tests.Maintenance;

/// <summary>A rule is read once for all servers and rounds that ask.</summary>
public sealed class RecurringSpansTests
{
    private static readonly DateTimeOffset From = new(2026, 1, 4, 2, 0, 0, TimeSpan.Zero);

    private readonly RecurringSpans _spans = new(40);

    [Fact]
    public void The_same_text_is_read_once_whoever_asks()
    {
        var first = _spans.Of(Span("FREQ=MONTHLY;COUNT=1000"));

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Same(first, _spans.Of(Span("FREQ=MONTHLY;COUNT=1000"))));
        Assert.NotSame(first, _spans.Of(Span("FREQ=MONTHLY;COUNT=999")));
        Assert.NotSame(first, _spans.Of(Span("FREQ=MONTHLY;COUNT=1000") with { Zone = "Europe/Zurich" }));
        Assert.NotSame(first, _spans.Of(Span("FREQ=MONTHLY;COUNT=1000") with { To = From.AddHours(2) }));
        Assert.Null(_spans.Of(Span("FREQ=DAILY") with { Zone = "Mars/Base" }));
    }

    [Fact]
    public void What_is_asked_for_again_stays_among_many_others_and_the_rest_is_forgotten()
    {
        var (often, once) = (_spans.Of(Span("FREQ=DAILY")), _spans.Of(Span("FREQ=WEEKLY")));

        for (var count = 1; count <= 200; count++)
        {
            _spans.Of(Span($"FREQ=DAILY;COUNT={count}"));
            Assert.Same(often, _spans.Of(Span("FREQ=DAILY")));
        }

        Assert.NotSame(once, _spans.Of(Span("FREQ=WEEKLY")));
    }

    private static MaintenanceSpan Span(string rule) => new(From, From.AddHours(1), "any") { Rule = rule };
}
