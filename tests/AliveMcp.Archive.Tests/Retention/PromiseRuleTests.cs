using AliveMcp.Archive.Retention;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;

namespace AliveMcp.Archive.Tests.Retention;

public sealed class PromiseRuleTests
{
    private static readonly TenantId Alice = new(7);

    [Fact]
    public void A_tenant_that_was_promised_nothing_yet_is_promised_what_its_plan_says()
    {
        var answer = Judge("team", before: null, Plan("team", RetentionClass.Months13, 761));

        Assert.Equal([new HistoryPromise(Alice, "team", RetentionClass.Months13, 761)], answer.Granted);
        Assert.Empty(answer.Broken);
    }

    [Fact]
    public void What_stands_is_not_written_again()
    {
        var answer = Judge(
            "team",
            new HistoryPromise(Alice, "team", RetentionClass.Months13, 761),
            Plan("team", RetentionClass.Months13, 761)
        );

        Assert.Empty(answer.Granted);
        Assert.Empty(answer.Broken);
    }

    [Fact]
    public void A_plan_that_grows_is_a_new_promise()
    {
        var answer = Judge(
            "team",
            new HistoryPromise(Alice, "team", RetentionClass.Months13, 761),
            Plan("team", RetentionClass.Months25, 761)
        );

        Assert.Equal([new HistoryPromise(Alice, "team", RetentionClass.Months25, 761)], answer.Granted);
    }

    [Fact]
    public void A_tenant_that_chooses_a_shorter_plan_breaks_no_promise()
    {
        var answer = Judge(
            "public",
            new HistoryPromise(Alice, "team", RetentionClass.Months13, 761),
            Plan("public", RetentionClass.Days7, 90)
        );

        Assert.Equal([new HistoryPromise(Alice, "public", RetentionClass.Days7, 90)], answer.Granted);
        Assert.Empty(answer.Broken);
    }

    [Theory]
    [InlineData(RetentionClass.Days90, 761, "now says 90d and 761.")]
    [InlineData(RetentionClass.Months13, 760, "now says 13mo and 760.")]
    public void A_plan_that_shrinks_names_tenant_plan_and_figures(RetentionClass minutes, int days, string says)
    {
        var answer = Judge(
            "team",
            new HistoryPromise(Alice, "team", RetentionClass.Months13, 761),
            Plan("team", minutes, days)
        );

        Assert.Empty(answer.Granted);
        var problem = Assert.Single(answer.Broken);
        Assert.Equal("promise_broken", problem.Code);
        Assert.Contains(
            "Tenant 'alice' was promised minutes for 13mo and days for 761 by plan 'team'",
            problem.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_the_file_does_not_have_breaks_the_promise_too()
    {
        var answer = Judge("gold", before: null, Plan("team", RetentionClass.Months13, 761));

        Assert.Equal("plan_missing", Assert.Single(answer.Broken).Code);
    }

    private static PromiseAnswer Judge(string plan, HistoryPromise? before, params Plan[] plans) =>
        PromiseRule.Judge(
            [new TenantOnPlan(Alice, "alice", plan)],
            before is null
                ? new Dictionary<TenantId, HistoryPromise>()
                : new Dictionary<TenantId, HistoryPromise> { [Alice] = before },
            new PlanTable(plans)
        );

    internal static Plan Plan(string name, RetentionClass minutes, int days) =>
        new()
        {
            Name = name,
            CadenceFloor = 1,
            MinuteHistory = minutes,
            DayHistory = days,
        };
}
