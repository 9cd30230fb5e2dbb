using AliveMcp.Probing;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Spectre.Console;

namespace AliveMcp.Cli.Probe;

/// <summary>What the probe learned about the server, and what it thinks worth saying: warnings, then findings by class.</summary>
internal static class FactLines
{
    private static readonly Style Quiet = new(Color.Grey);

    public static Grid Draw(ProbeResult result)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(3).PadRight(2));
        grid.AddColumn(new GridColumn().PadRight(0));
        foreach (var (name, text) in Facts(result))
        {
            grid.AddRow(new Text(name, Quiet), new Text(SafeText.Of(text, 400)));
        }

        var warning = Style.Parse(StateWords.Of(ServerState.Degraded).Color);
        foreach (var text in result.Warnings)
        {
            grid.AddRow(new Text("warning", warning), new Text(SafeText.Of(text, 400)));
        }

        foreach (
            var kind in result
                .Findings.GroupBy(finding => finding.Class, StringComparer.Ordinal)
                .OrderBy(Rank, StringComparer.Ordinal)
        )
        {
            var isFirst = true;
            var style = kind.Key == "security" ? Style.Parse(StateWords.Of(ServerState.Down).Color) : warning;
            foreach (var finding in kind)
            {
                grid.AddRow(
                    new Text(isFirst ? SafeText.Of(kind.Key, 20) : "", style),
                    new Text(SafeText.Of(Sentence(finding), 400))
                );
                isFirst = false;
            }
        }

        return grid;
    }

    private static string Rank(IGrouping<string, ProbeFinding> kind) => kind.Key == "security" ? "" : kind.Key;

    private static IEnumerable<(string Name, string Text)> Facts(ProbeResult result)
    {
        var (attempt, seen) = (result.Attempt, result.Observed);
        if (attempt.Phases.Total > 0)
        {
            yield return ("time", Time(attempt.Phases));
        }

        if (seen.ProtocolVersion is not null)
        {
            yield return ("protocol", $"{seen.ProtocolVersion}, {AccessWords.Word(seen.Era)} era, {Transport(seen)}");
        }

        if (result.Auth is { } auth)
        {
            yield return ("sign-in", auth);
        }

        if (seen.ContractHash is not null)
        {
            yield return ("contract", seen.ContractHash);
            yield return ("full", seen.FullHash ?? "");
        }

        yield return ("cost", $"{Count(seen.Requests, "request")}, {Durations.ShowBytes(seen.Bytes)} received");
    }

    private static string Time(PhaseTimes phases) =>
        phases.FirstByte > 0
            ? $"{Durations.Show(phases.Total)}, first byte after {Durations.Show(phases.FirstByte)}"
            : Durations.Show(phases.Total);

    private static string Transport(Observed seen) =>
        seen.Transport == McpTransport.Sse ? "legacy HTTP+SSE" : "Streamable HTTP";

    private static string Sentence(ProbeFinding finding) =>
        finding.Tool is null
            ? $"{finding.Code}: {finding.Detail}"
            : $"{finding.Code} in {finding.Tool}: {finding.Detail}";

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
