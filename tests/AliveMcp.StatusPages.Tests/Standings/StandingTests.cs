using AliveMcp.StatusPages.Answers;
using AliveMcp.StatusPages.Badges;
using AliveMcp.StatusPages.Standings;
using AliveMcp.StatusPages.Tests.Looks;

namespace AliveMcp.StatusPages.Tests.Standings;

public sealed class StandingTests
{
    [Fact]
    public void Whoever_calls_us_by_many_names_fills_no_memory_and_takes_no_badge_away()
    {
        var standing = new Standing(MadeUp.Server("named", "Named"), MadeUp.Live());
        var badge = AnswerName.OfBadge(
            new BadgeAsk(BadgeVariant.Status, BadgeStyle.Flat, null, IsDark: false),
            isJson: false
        );
        standing.Keep(badge, Answer.Of(AnswerKind.Page, "badge"));
        var names = Enumerable.Range(0, 100).Select(i => new AnswerName(0, "http", $"host-{i}.example")).ToList();

        foreach (var name in names)
        {
            standing.Keep(name, Answer.Of(AnswerKind.Page, name.Host));
        }

        Assert.InRange(names.Count(name => standing.TryGet(name, out _)), 1, 6);
        Assert.True(standing.TryGet(names[^1], out _));
        Assert.True(standing.TryGet(badge, out _));
    }
}
