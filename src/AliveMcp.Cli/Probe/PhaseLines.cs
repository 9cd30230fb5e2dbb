using AliveMcp.Probing;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Spectre.Console;

namespace AliveMcp.Cli.Probe;

/// <summary>One line a phase: whether it went well, what it took, what it showed.</summary>
internal static class PhaseLines
{
    private const int BarWidth = 24;
    private static readonly Style Quiet = new(Color.Grey);

    public static Grid Draw(Terminal terminal, ProbeOrder order, ProbeResult result)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(1).PadRight(1));
        grid.AddColumn(new GridColumn().NoWrap().PadRight(2));
        grid.AddColumn(new GridColumn().NoWrap().RightAligned().PadRight(2));
        if (terminal.IsRich)
        {
            grid.AddColumn(new GridColumn().NoWrap().Width(BarWidth).PadRight(2));
        }

        grid.AddColumn(new GridColumn().PadRight(0));
        var phases = Phases(order, result);
        var failed = phases.FindIndex(phase => phase.Failed);
        var last = failed >= 0 ? failed : phases.FindLastIndex(phase => phase.Micros > 0);
        var before = 0;
        for (var at = 0; at < phases.Count; at++)
        {
            var bar = terminal.IsRich ? Bar(before, phases[at].Micros, result.Attempt.Phases.Total) : null;
            AddRow(grid, result.Attempt, phases[at], bar, reached: at <= last);
            before += phases[at].Micros;
        }

        return grid;
    }

    private static void AddRow(Grid grid, ProbeAttempt attempt, Phase phase, string? bar, bool reached)
    {
        var verdict = StateWords.Of(phase.Failed ? attempt.State : ServerState.Live);
        var mark = reached ? new Text(verdict.Mark, Style.Parse($"bold {verdict.Color}")) : new Text("–", Quiet);
        var name = new Text(phase.Name, reached ? null : Quiet);
        var took = reached
            ? new Text(phase.Micros > 0 ? Durations.Show(phase.Micros) : "")
            : new Text("not reached", Quiet);
        var note = new Text(SafeText.Of(phase.Note, 200), Quiet);
        if (bar is null)
        {
            grid.AddRow(mark, name, took, note);
        }
        else
        {
            grid.AddRow(mark, name, took, new Text(bar, Quiet), note);
        }
    }

    private static List<Phase> Phases(ProbeOrder order, ProbeResult result)
    {
        var (times, failed) = (result.Attempt.Phases, result.Attempt.FailedAt);
        var phases = new List<Phase>
        {
            new("resolve", times.Resolve, failed == ProbeStep.Resolve, ""),
            new("connect", times.Connect, failed == ProbeStep.Connect, ""),
        };
        if (order.Url.Scheme == Uri.UriSchemeHttps)
        {
            phases.Add(new Phase("tls", times.Tls, failed == ProbeStep.Tls, CertificateNote(result.Observed)));
        }

        var inHandshake = failed is ProbeStep.Discover or ProbeStep.Initialize or ProbeStep.Initialized;
        phases.Add(new Phase("handshake", times.Handshake, inHandshake, HandshakeNote(result)));
        phases.Add(new Phase("tools/list", times.Tools, failed == ProbeStep.ToolsList, ToolsNote(result.Observed)));
        return phases;
    }

    private static string CertificateNote(Observed seen) =>
        seen.CertificateEnds is { } ends ? $"certificate until {ends.UtcDateTime:yyyy-MM-dd}" : "";

    private static string HandshakeNote(ProbeResult result)
    {
        if (ProbeRun.StopsAtGate(result.Attempt))
        {
            return "asks to sign in";
        }

        var seen = result.Observed;
        var server = $"{seen.ServerName} {seen.ServerVersion}".Trim();
        string?[] parts = [seen.ProtocolVersion, server];
        return string.Join(" · ", parts.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static string ToolsNote(Observed seen) =>
        (seen.ToolCount, seen.ListBytes) switch
        {
            (null, _) => "",
            (1, { } bytes) => $"1 tool · {Durations.ShowBytes(bytes)}",
            ({ } tools, { } bytes) => $"{tools} tools · {Durations.ShowBytes(bytes)}",
            ({ } tools, null) => $"{tools} tools",
        };

    /// <summary>Where in the whole time the phase lies: from whole characters of blank to eighths of a block.</summary>
    private static string Bar(int before, int micros, int total)
    {
        const string eighths = " ▏▎▍▌▋▊▉";
        if (micros <= 0 || total <= 0)
        {
            return "";
        }

        var start = Math.Min((int)((double)before / total * BarWidth), BarWidth - 1);
        var length = Math.Clamp((int)Math.Round((double)micros / total * BarWidth * 8), 1, (BarWidth - start) * 8);
        var rest = length % 8;
        return new string(' ', start) + new string('█', length / 8) + (rest == 0 ? "" : eighths[rest].ToString());
    }

    /// <summary>One phase as it is drawn.</summary>
    private sealed record Phase(string Name, int Micros, bool Failed, string Note);
}
