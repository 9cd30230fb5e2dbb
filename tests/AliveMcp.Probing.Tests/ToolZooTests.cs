using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests;

public sealed class ToolZooTests
{
    public static TheoryData<Specimen, Expected> Zoo
    {
        get
        {
            const ProbeStep at = ProbeStep.ToolsList;
            return new()
            {
                { Specimens.EmptyList, Expected.Live },
                { Specimens.ThreePages, Expected.Live },
                { Specimens.EmptyCursor, Expected.Live },
                { Specimens.NullCursor, Expected.Live },
                { Specimens.NamelessTool, Expected.Degraded(Why.ToolsMalformed, at) },
                { Specimens.NoInputSchema, Expected.Degraded(Why.ToolsMalformed, at) },
                { Specimens.SchemaWithoutType, Expected.Degraded(Why.ToolsMalformed, at) },
                { Specimens.DuplicateTool, Expected.Degraded(Why.ToolsMalformed, at) },
                { Specimens.ListNoArray, Expected.Down(Why.ToolsMalformed, at) },
                { Specimens.ListAsObject, Expected.Down(Why.ToolsMalformed, at) },
                { Specimens.OddCursor("7"), Expected.Down(Why.ToolsMalformed, at) },
                { Specimens.OddCursor("{}"), Expected.Down(Why.ToolsMalformed, at) },
                { Specimens.OddCursor("\"\\ud800\""), Expected.Down(Why.ToolsMalformed, at) },
                { Specimens.ListResultType("\"complete\""), Expected.Live },
                { Specimens.ListResultType("\"input_required\""), Expected.Down(Why.ToolsMalformed, at) },
                { Specimens.ListResultType("1"), Expected.Down(Why.ToolsMalformed, at) },
                { Specimens.ListFails, Expected.Down(Why.ToolsError, at) },
                { Specimens.ListUnauthorized, Expected.Live },
                { Specimens.List500, Expected.Down(Why.HttpError, at) },
                { Specimens.ListHtml, Expected.Down(Why.NotJsonRpc, at) },
                { Specimens.ListResets, Expected.Down(Why.ConnectionReset, at) },
                { Specimens.ListHuge, Expected.Degraded(Why.ListOverLimit, at) },
                { Specimens.ListTooDeep, Expected.Degraded(Why.ListOverLimit, at) },
                { Specimens.RepeatedCursor, Expected.Down(Why.ToolsEndless, at) },
                { Specimens.RepeatedPage, Expected.Down(Why.ToolsEndless, at) },
                { Specimens.EmptyPages, Expected.Down(Why.ToolsEndless, at) },
                { Specimens.LiesAboutItsEra, Expected.Down(Why.ToolsError, at) },
                { Specimens.SessionLost404, Expected.Down(Why.SessionLost, at) },
                { Specimens.SessionLost400, Expected.Down(Why.SessionLost, at) },
                { Specimens.SessionLostText, Expected.Down(Why.SessionLost, at) },
                { Specimens.SessionLost503, Expected.Down(Why.SessionLost, at) },
                { Specimens.SessionLostInStream, Expected.Down(Why.SessionLost, at) },
                { Specimens.SessionLost200, Expected.Down(Why.SessionLost, at) },
                { Specimens.SessionLostNoId, Expected.Down(Why.SessionLost, at) },
                { Specimens.SessionPoolExhausted, Expected.Down(Why.ToolsError, at) },
                { Specimens.NoAffinity, Expected.Down(Why.SessionLost, ProbeStep.Initialized) },
                { Specimens.SessionLostAtInitialized, Expected.Down(Why.SessionLost, ProbeStep.Initialized) },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Zoo))]
    public async Task Every_specimen_gets_its_own_reason(Specimen specimen, Expected expected)
    {
        var result = await Probes.ProbeAsync(specimen);

        Assert.Equal(expected, Expected.Of(result));
    }

    [Fact]
    public async Task All_pages_count_and_an_empty_cursor_is_a_cursor()
    {
        var three = await Probes.ProbeAsync(Specimens.ThreePages);
        var empty = await Probes.ProbeAsync(Specimens.EmptyCursor);

        Assert.Equal((9, 6), (three.Observed.ToolCount, empty.Observed.ToolCount));
    }

    [Fact]
    public async Task Pages_do_not_change_the_contract()
    {
        var paged = await Probes.ProbeAsync(Specimens.ThreePages);
        var whole = await Probes.ProbeAsync(
            Specimens.WithTools("nine tools", [.. Enumerable.Range(0, 9).Select(FakeTools.Numbered)])
        );

        Assert.Equal(whole.Observed.FullHash, paged.Observed.FullHash);
    }

    [Fact]
    public async Task More_pages_than_allowed_are_over_the_limit()
    {
        var result = await Probes.ProbeAsync(
            Specimens.MorePages,
            order => order with { Limits = order.Limits with { Pages = 5 } }
        );

        Assert.Equal(Expected.Degraded(Why.ListOverLimit, ProbeStep.ToolsList), Expected.Of(result));
        Assert.Null(result.Contract);
    }

    [Fact]
    public async Task More_tools_than_allowed_are_over_the_limit()
    {
        var result = await Probes.ProbeAsync(
            Specimens.Healthy,
            order => order with { Limits = order.Limits with { Tools = 11 } }
        );

        Assert.Equal(Expected.Degraded(Why.ListOverLimit, ProbeStep.ToolsList), Expected.Of(result));
    }

    [Fact]
    public async Task A_malformed_tool_is_named()
    {
        var result = await Probes.ProbeAsync(Specimens.NoInputSchema);

        Assert.Contains("bare", result.Attempt.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_list_is_a_failure_only_where_there_were_tools()
    {
        var result = await Probes.ProbeAsync(Specimens.EmptyList, order => order with { HadTools = true });

        Assert.Equal(Expected.Down(Why.ToolsEmpty, ProbeStep.ToolsList), Expected.Of(result));
    }

    [Fact]
    public async Task A_missing_expected_tool_is_down_and_named()
    {
        var result = await Probes.ProbeAsync(Specimens.Healthy, Expecting("tool_01", "tool_99"));

        Assert.Equal(Expected.Down(Why.ToolMissing, ProbeStep.ToolsList), Expected.Of(result));
        Assert.Contains("tool_99", result.Attempt.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expected_tools_that_are_there_are_live()
    {
        var result = await Probes.ProbeAsync(Specimens.Healthy, Expecting("tool_01", "tool_12"));

        Assert.Equal(Expected.Live, Expected.Of(result));
    }

    [Fact]
    public async Task A_slow_list_is_degraded()
    {
        var result = await Probes.ProbeAsync(
            Specimens.ListSlow,
            order => order with { Limits = order.Limits with { SlowAfter = TimeSpan.FromMilliseconds(100) } }
        );

        Assert.Equal(Expected.Degraded(Why.Slow, ProbeStep.ToolsList), Expected.Of(result));
    }

    private static Func<ProbeOrder, ProbeOrder> Expecting(params string[] tools) =>
        order => order with { Expectations = new Expectations { Tools = tools } };
}
