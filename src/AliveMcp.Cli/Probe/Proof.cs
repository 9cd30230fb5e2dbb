using System.Globalization;
using AliveMcp.Cli.Looking;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Probe;

/// <summary>A few lines of what a server sent that prove a verdict: enough to believe it, the rest is in the trace.</summary>
internal static class Proof
{
    private const int MostLines = 6;
    private const int MostOfLine = 160;

    public static string Of(Sight sight) =>
        sight.Result.Attempt switch
        {
            // The list itself proves nothing by its first lines.
            { Why: Why.Slow or Why.ToolMissing or Why.ToolsEmpty } => "",
            { FailedAt: ProbeStep.Resolve or ProbeStep.Connect } => "",
            { FailedAt: ProbeStep.Tls } => Certificates(sight.Connections),
            _ => Answer(sight),
        };

    private static string Certificates(IReadOnlyList<Connection> connections) =>
        connections.Count == 0
            ? ""
            : string.Join(
                '\n',
                connections[^1]
                    .Certificates.Select(served =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{PhaseNotes.Common(served.Subject)}, by {PhaseNotes.Common(served.Issuer)}, {served.From.UtcDateTime:yyyy-MM-dd} to {served.Until.UtcDateTime:yyyy-MM-dd}"
                        )
                    )
            );

    private static string Answer(Sight sight)
    {
        var decisive = Decisive(sight);
        if (decisive?.StatusLine is not { } status)
        {
            return "";
        }

        var type = decisive.ResponseHeaders.FirstOrDefault(header =>
            header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
        );
        var lines = new List<string> { type is null ? status : $"{status}, {type.Value}" };
        var body = decisive.ResponseBody.Split('\n').Where(line => line.Trim().Length > 0).ToList();
        lines.AddRange(body.Take(MostLines).Select(line => SafeText.Of(line.TrimEnd(), MostOfLine)));
        if (body.Count > MostLines || body.Exists(line => line.Length > MostOfLine))
        {
            lines.Add("(cut; --trace shows all of it)");
        }

        return string.Join('\n', lines);
    }

    /// <summary>The last answer of the step that failed; without one the last answer with the status that decided.</summary>
    private static Exchange? Decisive(Sight sight)
    {
        var attempt = sight.Result.Attempt;
        return sight.Exchanges.LastOrDefault(exchange =>
                exchange.Step == attempt.FailedAt && exchange.Status is not null
            )
            ?? sight.Exchanges.LastOrDefault(exchange => exchange.Status is { } status && status == attempt.HttpStatus);
    }
}
