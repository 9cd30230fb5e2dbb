using AliveMcp.Hosting.Plans;
using AliveMcp.Hosting.Start;
using AliveMcp.Vocabulary;

namespace AliveMcp.Host.Tests.Hosting;

public sealed class PlansFileTests
{
    [Fact]
    public void The_checked_in_file_says_what_the_product_says()
    {
        var plans = PlansFile.Read(PlansFile.DefaultPath);

        Assert.Equal(
            ["author", "enterprise", "public", "self_hosted", "team"],
            plans.All.Select(plan => plan.Name).Order(StringComparer.Ordinal)
        );
        Assert.Equal([1, 10, 50, 500, null], plans.All.Select(plan => plan.Servers));
        Assert.Equal([3, 3, 5, null, null], plans.All.Select(plan => plan.Regions));
        Assert.Equal(
            [
                RetentionClass.Days7,
                RetentionClass.Days90,
                RetentionClass.Months13,
                RetentionClass.Months25,
                RetentionClass.Days90,
            ],
            plans.All.Select(plan => plan.MinuteHistory)
        );
        Assert.False(plans["public"].PrivateServers);
    }

    [Fact]
    public void Every_fault_is_told_at_once_with_its_key_and_an_example()
    {
        const string text =
            "small: { servers: many, members: 1, api_keys: 0, sinks: 1, alerts_per_hour: 1, cadence_floor_minutes: 0, regions: 1, minute_history: 8d, day_history_days: 1 }";

        var refused = Assert.Throws<StartRefusedException>(() => PlansFile.Parse(text));

        Assert.Equal(
            ["small.minute_history", "small.cadence_floor_minutes", "small.servers", "small.api_keys"],
            refused.Problems.Select(problem => problem.Field)
        );
        Assert.All(
            refused.Problems,
            problem => Assert.Contains("for example", problem.Message, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("small: { servres: 1 }")]
    [InlineData("small: [1")]
    public void What_is_no_table_of_plans_is_refused_in_a_sentence(string text) =>
        Assert.Single(Assert.Throws<StartRefusedException>(() => PlansFile.Parse(text)).Problems);
}
