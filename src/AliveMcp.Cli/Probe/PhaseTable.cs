using AliveMcp.Vocabulary;
using Spectre.Console;

namespace AliveMcp.Cli.Probe;

/// <summary>One line a phase: whether it went well, what it took and brought, what was seen, and on a wide terminal where in the whole it lies.</summary>
internal static class PhaseTable
{
    private const int BarWidth = 20;

    // Below this the notes need the room more than the bytes do.
    private const int WidthForBytes = 72;
    private const int WidthForBars = 110;
    private static readonly Style Quiet = new(Color.Grey);

    public static Grid Draw(Terminal terminal, ServerState state, IReadOnlyList<Phase> phases)
    {
        var width = terminal.Console.Profile.Width;
        var (hasBytes, hasBars) = (width >= WidthForBytes, terminal.IsRich && width >= WidthForBars);
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(1).PadRight(1));
        grid.AddColumn(new GridColumn().NoWrap().PadRight(2));
        grid.AddColumn(new GridColumn().NoWrap().RightAligned().PadRight(2));
        if (hasBytes)
        {
            grid.AddColumn(new GridColumn().NoWrap().RightAligned().PadRight(2));
        }

        if (hasBars)
        {
            grid.AddColumn(new GridColumn().NoWrap().Width(BarWidth).PadRight(2));
        }

        grid.AddColumn(new GridColumn().PadRight(0));
        var total = phases.Max(phase => phase.BeganAt + phase.Took);
        foreach (var phase in phases)
        {
            var cells = new List<Text> { Mark(state, phase.End) };
            cells.Add(new Text(phase.Name, IsQuiet(phase) ? Quiet : null));
            cells.Add(new Text(phase.Took > TimeSpan.Zero ? Durations.Show(phase.Took) : ""));
            if (hasBytes)
            {
                cells.Add(new Text(phase.Bytes is > 0 and var bytes ? Durations.ShowBytes(bytes) : "", Quiet));
            }

            if (hasBars)
            {
                cells.Add(new Text(Bar(phase, total), Quiet));
            }

            var note = phase.End == PhaseEnd.NotReached ? "not reached" : phase.Note;
            cells.Add(new Text(note, phase.End == PhaseEnd.Failed ? null : Quiet));
            grid.AddRow([.. cells]);
        }

        return grid;
    }

    private static bool IsQuiet(Phase phase) => phase.End is PhaseEnd.NotReached or PhaseEnd.PassedBy;

    private static Text Mark(ServerState state, PhaseEnd end)
    {
        var row = StateWords.Of(end == PhaseEnd.Failed ? state : ServerState.Live);
        return end switch
        {
            PhaseEnd.NotReached => new Text("–", Quiet),
            PhaseEnd.PassedBy => new Text("·", Quiet),
            _ => new Text(row.Mark, Style.Parse($"bold {row.Color}")),
        };
    }

    /// <summary>Where in the whole time the phase lies: from whole characters of blank to eighths of a block.</summary>
    private static string Bar(Phase phase, TimeSpan total)
    {
        const string eighths = " ▏▎▍▌▋▊▉";
        if (phase.Took <= TimeSpan.Zero || total <= TimeSpan.Zero)
        {
            return "";
        }

        var start = Math.Min((int)(phase.BeganAt / total * BarWidth), BarWidth - 1);
        var length = Math.Clamp((int)Math.Round(phase.Took / total * BarWidth * 8), 1, (BarWidth - start) * 8);
        var rest = length % 8;
        return new string(' ', start) + new string('█', length / 8) + (rest == 0 ? "" : eighths[rest].ToString());
    }
}
