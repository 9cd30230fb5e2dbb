using AliveMcp.Contracts.Changes;
using AliveMcp.Vocabulary;
using Spectre.Console;

namespace AliveMcp.Cli.Diff;

/// <summary>A difference as people read it: the two sides, the changes by class with before and after, whether they may pass.</summary>
internal static class DiffView
{
    private static readonly Style Quiet = new(Spectre.Console.Color.Grey);

    public static void Show(Terminal terminal, Difference difference)
    {
        var console = terminal.Console;
        console.WriteLine();
        console.Write(Sides(difference));
        console.WriteLine();
        foreach (var kind in difference.Changes.GroupBy(change => change.Class).OrderByDescending(kind => kind.Key))
        {
            var count = kind.Count();
            var title = $"{kind.Key.ToString().ToLowerInvariant()}: {(count == 1 ? "1 change" : $"{count} changes")}";
            console.Write(new Padder(new Text(title, Color(kind.Key)), new Padding(1, 0, 0, 0)) { Expand = false });
            console.Write(Changes(kind));
            console.WriteLine();
        }

        Verdict(console, difference);
        console.WriteLine();
    }

    private static Grid Sides(Difference difference)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(1).PadRight(2));
        grid.AddColumn(new GridColumn().PadRight(2));
        grid.AddColumn(new GridColumn().NoWrap().RightAligned().PadRight(2));
        grid.AddColumn(new GridColumn().NoWrap().PadRight(0));
        foreach (var (name, side) in new[] { ("before", difference.Before), ("after", difference.After) })
        {
            var tools = side.Lock.Contract.ToolCount;
            grid.AddRow(
                new Text(name, Quiet),
                new Text(side.Source),
                new Text(tools == 1 ? "1 tool" : $"{tools} tools"),
                new Text(side.Lock.Contract.FullHash[..19], Quiet)
            );
        }

        return grid;
    }

    private static Grid Changes(IEnumerable<ContractChange> changes)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(3).PadRight(1));
        grid.AddColumn(new GridColumn().PadRight(0));
        foreach (var change in changes)
        {
            var tool = change.Tool is null ? "" : $"{change.Tool}{change.Path}: ";
            grid.AddRow(new Text("•", Quiet), new Text($"{tool}{change.Detail} ({change.Code})"));
            if (change.Before is not null)
            {
                grid.AddRow(new Text("-", Color(ServerState.Down)), new Text(change.Before, Color(ServerState.Down)));
            }

            if (change.After is not null)
            {
                grid.AddRow(new Text("+", Color(ServerState.Live)), new Text(change.After, Color(ServerState.Live)));
            }
        }

        return grid;
    }

    private static void Verdict(IAnsiConsole console, Difference difference)
    {
        var stopped = difference.Changes.Count(change => difference.Gate.Stops(change.Class));
        var state = stopped > 0 ? ServerState.Down : ServerState.Live;
        var text =
            difference.Changes.Count == 0 ? "Nothing changed."
            : stopped == 0 ? $"Nothing that --fail-on {Gates.Word(difference.Gate)} names."
            : stopped == 1 ? $"1 change must not pass (--fail-on {Gates.Word(difference.Gate)})."
            : $"{stopped} changes must not pass (--fail-on {Gates.Word(difference.Gate)}).";
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(1).PadRight(1));
        grid.AddColumn(new GridColumn().PadRight(0));
        grid.AddRow(new Text(StateWords.Of(state).Mark, Color(state)), new Text(text));
        console.Write(grid);
    }

    private static Style Color(ChangeClass kind) =>
        Color(
            kind switch
            {
                ChangeClass.Security => ServerState.Down,
                ChangeClass.Breaking => ServerState.Down,
                ChangeClass.Additive => ServerState.Live,
                _ => ServerState.Unknown,
            }
        );

    private static Style Color(ServerState state) => Style.Parse(StateWords.Of(state).Color);
}
