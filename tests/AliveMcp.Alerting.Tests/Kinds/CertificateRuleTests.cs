using AliveMcp.Alerting.Changes;
using AliveMcp.Alerting.Kinds;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Tests.Kinds;

public sealed class CertificateRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(365, "30.00 14.00 7.00 2.00")]
    [InlineData(90, "28.00 14.00 7.00 2.00")]
    [InlineData(45, "13.00 7.50 3.75 1.88")]
    [InlineData(6, "1.00 1.00 0.50 0.25")]
    public void A_shorter_life_is_warned_of_later(int lifeDays, string steps)
    {
        var life = TimeSpan.FromDays(lifeDays);
        var crossed = new List<double>();
        for (var (left, told) = (life, 0); left > TimeSpan.Zero; left -= TimeSpan.FromMinutes(1))
        {
            for (; told < CertificateStage.Of(Now + left - life, Now + left, Now); told++)
            {
                crossed.Add(left.TotalDays);
            }
        }

        Assert.Equal(steps, string.Join(' ', crossed.Select(left => FormattableString.Invariant($"{left:0.00}"))));
    }

    [Fact]
    public void Of_a_certificate_whose_begin_is_not_known_the_full_steps_hold() =>
        Assert.Equal(
            [0, 1, 2, 3, 4, 4],
            new[] { 31.0, 29, 13, 6, 1, -5 }.Select(left => CertificateStage.Of(null, Now.AddDays(left), Now))
        );

    [Fact]
    public void Whatever_happens_each_stage_of_each_certificate_is_told_once_and_only_a_later_end_resolves()
    {
        var dice = new Random(23);
        for (var life = 0; life < 200; life++)
        {
            Live(dice);
        }
    }

    /// <summary>A server that renews or not, with alerters that look often, seldom and twice.</summary>
    private static void Live(Random dice)
    {
        var (now, told) = (Now, new HashSet<(int Name, int Stage)>());
        OpenExpiry? open = null;
        var row = new ReachRow
        {
            ServerId = 7,
            Begins = now.AddDays(-10),
            Ends = now.AddDays(80),
            At = now,
        };
        for (var look = 0; look < 400; look++)
        {
            now += TimeSpan.FromMinutes(dice.Next(1, 1200));
            if (dice.Next(60) == 0)
            {
                row = row with { Begins = now, Ends = now.AddDays(dice.Next(5, 120)), At = now };
            }

            var before = open;
            switch (CertificateRule.Next(row, open, isWanted: true, now))
            {
                case ChangeAct.Opened:
                    open = new OpenExpiry
                    {
                        ServerId = 7,
                        Name = MinuteStamp.Of(row.Ends!.Value).Value,
                        StartedAt = now,
                    };
                    goto case ChangeAct.Nearer;
                case ChangeAct.Nearer:
                    var stage = CertificateStage.Of(row.Begins, row.Ends!.Value, now);
                    Assert.True(told.Add((open!.Name, stage)), "told twice");
                    row = row with { ToldStage = (short)stage, ToldEnds = row.Ends };
                    break;
                case ChangeAct.Closed:
                    Assert.True(MinuteStamp.Of(row.Ends!.Value).Value > before!.Name);
                    Assert.True(now - row.At >= TimeSpan.FromHours(2));
                    open = null;
                    break;
                case ChangeAct.Unwatched:
                    open = null;
                    break;
            }
        }
    }
}
