using AliveMcp.Alerting.Kinds;
using AliveMcp.Alerting.Messages;
using AliveMcp.Archive.Drift;

namespace AliveMcp.Alerting.Tests.Kinds;

public sealed class DriftRuleTests
{
    [Theory]
    [InlineData("drift", "security,breaking", 2)]
    [InlineData("drift", "breaking,text", 3)]
    [InlineData("drift", "additive", 4)]
    [InlineData("drift", "text", 4)]
    // The text is not kept: it may be anything.
    [InlineData("drift", "", 3)]
    [InlineData("contract_unstable", "", 3)]
    public void The_gravest_class_decides(string kind, string classes, int severity) =>
        Assert.Equal((Severity)severity, DriftRule.SeverityOf(Drift(kind, classes)));

    [Fact]
    public void Nobody_is_told_of_a_baseline_that_its_owner_moved() =>
        Assert.Null(DriftRule.SeverityOf(Drift("baseline_moved", "breaking")));

    private static ContractDrifted Drift(string kind, string classes) =>
        new(7, 1, 1, kind, classes.Split(',', StringSplitOptions.RemoveEmptyEntries), 1);
}
