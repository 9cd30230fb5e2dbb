using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Testing.Zoo;

public static partial class WireZoo
{
    private const ProbeStep AtList = ProbeStep.ToolsList;

    private static IEnumerable<Animal> Tools() =>
        [
            Live(Specimens.EmptyList),
            Down(Why.ToolsEmpty, AtList, Specimens.EmptyList) with
            {
                Name = "an empty list where there were tools",
                Order = order => order with { HadTools = true },
            },
            Down(Why.ToolMissing, AtList, Specimens.Healthy) with
            {
                Name = "an expected tool is missing",
                Order = order => order with { Expectations = new Expectations { Tools = ["tool_01", "tool_99"] } },
            },
            Live(Specimens.ThreePages),
            Live(Specimens.EmptyCursor),
            Live(Specimens.NullCursor),
            Degraded(Why.ToolsMalformed, AtList, Specimens.NamelessTool),
            Degraded(Why.ToolsMalformed, AtList, Specimens.NoInputSchema),
            Degraded(Why.ToolsMalformed, AtList, Specimens.SchemaWithoutType),
            Degraded(Why.ToolsMalformed, AtList, Specimens.DuplicateTool),
            Down(Why.ToolsMalformed, AtList, Specimens.ListNoArray),
            Down(Why.ToolsMalformed, AtList, Specimens.ListAsObject),
            Down(Why.ToolsMalformed, AtList, Specimens.OddCursor("7")),
            Down(Why.ToolsMalformed, AtList, Specimens.OddCursor("{}")),
            Down(Why.ToolsMalformed, AtList, Specimens.OddCursor("\"\\ud800\"")),
            Live(Specimens.ListResultType("\"complete\"")),
            Down(Why.ToolsMalformed, AtList, Specimens.ListResultType("\"input_required\"")),
            Down(Why.ToolsMalformed, AtList, Specimens.ListResultType("1")),
            Down(Why.ToolsError, AtList, Specimens.ListFails),
            Down(Why.HttpError, AtList, Specimens.List500),
            Down(Why.NotJsonRpc, AtList, Specimens.ListHtml),
            Down(Why.StreamEnded, AtList, Specimens.ListAnswersElsewhere),
            Down(Why.ConnectionReset, AtList, Specimens.ListResets),
            Degraded(Why.ListOverLimit, AtList, Specimens.ListHuge),
            Degraded(Why.ListOverLimit, AtList, Specimens.ListTooDeep),
            Degraded(Why.ListOverLimit, AtList, Specimens.MorePages)
                .Ordering(order => order with { Limits = order.Limits with { Pages = 5 } }),
            Down(Why.ToolsEndless, AtList, Specimens.RepeatedCursor),
            Down(Why.ToolsEndless, AtList, Specimens.RepeatedPage),
            Down(Why.ToolsEndless, AtList, Specimens.EmptyPages),
            Degraded(Why.Slow, AtList, Specimens.ListSlow)
                .Ordering(order =>
                    order with
                    {
                        Limits = order.Limits with { SlowAfter = TimeSpan.FromMilliseconds(100) },
                    }
                ),
        ];
}
