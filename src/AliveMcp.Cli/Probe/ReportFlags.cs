using System.CommandLine;
using AliveMcp.Cli.Looking;

namespace AliveMcp.Cli.Probe;

/// <summary>How the verdict is told, and from which point on it is a failure.</summary>
internal static class ReportFlags
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object instead." };

    private static readonly Option<string> Junit = new("--junit")
    {
        Description = "Write JUnit XML, a test case a phase: into FILE, or without one to standard output instead.",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Trace = new("--trace")
    {
        Description =
            "Show the whole conversation, credentials redacted, each request with a curl line that repeats it.",
    };

    private static readonly Option<FailOn> Fail = Flags.Words(
        "--fail-on",
        "From where on the exit code is not 0: down alone; degraded (the default); a security finding; any finding; any warning or finding.",
        (FailOn.Down, "down"),
        (FailOn.Degraded, "degraded"),
        (FailOn.Security, "security"),
        (FailOn.Finding, "finding"),
        (FailOn.Warning, "warning")
    );

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Fail, Trace, Json, Junit])
        {
            command.Add(option);
        }

        Junit.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && Flags.IsWeb(result.Tokens[0].Value, out _))
            {
                result.AddError(
                    $"--junit took '{Flags.Shown(result.Tokens[0].Value)}' as its file: put the URL before it."
                );
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetResult(Json) is not null && result.GetResult(Junit) is { Implicit: false, Tokens.Count: 0 })
            {
                result.AddError("--json and --junit both want standard output: give --junit a file.");
            }
        });
    }

    public static ProbeArguments Read(ParseResult parsed, Look look) =>
        new()
        {
            Look = look,
            AsJson = parsed.GetValue(Json),
            JunitFile = parsed.GetValue(Junit),
            AsJunit = parsed.GetResult(Junit) is { Implicit: false, Tokens.Count: 0 },
            Traces = parsed.GetValue(Trace),
            FailOn = parsed.GetValue(Fail),
        };
}
