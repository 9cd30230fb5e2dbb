using System.CommandLine;
using System.Text.Json;
using AliveMcp.Cli.Looking;
using AliveMcp.Contracts.Queries;
using AliveMcp.Contracts.Schemas;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Cli.Probe;

/// <summary>What must hold: at the door, in the list, in the answer to a call, at the health URL.</summary>
internal static class ExpectFlags
{
    // The test call's own flags are meant for the call that --call names.
    private static readonly Option<string[]> Expect = new("--expect")
    {
        Description =
            "protected or open: what must stand at the door. A JSONPath ($…): what the --call's result must hold. May be given for both.",
        HelpName = "protected|open|$PATH",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> Tools = new("--expect-tool")
    {
        Description = "A tool that must be in the list; repeat it for more.",
        HelpName = "NAME",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Call = Flags.Text(
        "--call",
        "TOOL",
        "Call this tool once, and judge its answer. You vouch that calling it does no harm."
    );

    private static readonly Option<string> Arguments = Flags.Text(
        "--args",
        "JSON",
        "The call's arguments, a JSON object.",
        text => KindOf(text) == JsonValueKind.Object ? null : "give a JSON object, as in '{\"city\":\"Bern\"}'."
    );

    private static readonly Option<string> Path = Flags.Text(
        "--expect-path",
        "$PATH",
        "The same as --expect with a JSONPath.",
        WhyNoPath
    );

    private static readonly Option<string> Equal = Flags.Text(
        "--equals",
        "JSON",
        "What the JSONPath must select, as JSON.",
        text => KindOf(text) is null ? "give JSON; a text stands in quotes, as in '\"Bern\"'." : null
    );

    private static readonly Option<string> Contains = Flags.Text(
        "--contains",
        "TEXT",
        "Text that the call's answer must hold."
    );

    private static readonly Option<string> Schema = Flags.Text(
        "--schema",
        "FILE",
        "A JSON Schema that the answer's structured content must fit."
    );

    private static readonly Option<double?> Within = Flags.Seconds(
        "--within",
        "Seconds that the call may take.",
        0.001,
        30
    );

    private static readonly Option<Uri> Health = Flags.Url(
        "--health",
        "A health URL to look at as well; it can degrade the verdict."
    );

    public static void AddTo(Command command)
    {
        foreach (
            var option in (Option[])[Expect, Tools, Call, Arguments, Path, Equal, Contains, Schema, Within, Health]
        )
        {
            command.Add(option);
        }

        Expect.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.Select(token => token.Value).Where(text => !IsDoor(text)))
            {
                var why = text.StartsWith('$')
                    ? WhyNoPath(text)
                    : "give protected or open for the door, or a JSONPath beginning with $ for the --call's result.";
                if (why is not null)
                {
                    result.AddError($"--expect is '{Flags.Shown(text)}': {why}");
                }
            }
        });
        command.Validators.Add(result =>
        {
            var paths = result.GetResult(Expect)?.Tokens.Count(token => token.Value.StartsWith('$')) ?? 0;
            var ofCall = ((Option[])[Arguments, Path, Equal, Contains, Schema, Within])
                .Where(option => result.GetResult(option) is { Implicit: false })
                .Select(option => option.Name)
                .Concat(paths > 0 ? ["--expect with a JSONPath"] : [])
                .FirstOrDefault();
            if (ofCall is not null && result.GetResult(Call) is null)
            {
                result.AddError($"{ofCall} is about a call: name the tool with --call.");
            }

            if (paths + (result.GetResult(Path) is null ? 0 : 1) > 1)
            {
                result.AddError("A call is judged by one JSONPath: give one.");
            }
        });
    }

    /// <exception cref="CallFailedException">The schema's file cannot be used.</exception>
    public static ProbeOrder Read(ParseResult parsed, ProbeOrder order)
    {
        var given = parsed.GetValue(Expect) ?? [];
        return order with
        {
            Expectations = new Expectations
            {
                Protection =
                    given.Contains("protected", StringComparer.Ordinal) ? ProtectionExpectation.Protected
                    : given.Contains("open", StringComparer.Ordinal) ? ProtectionExpectation.Open
                    : ProtectionExpectation.Auto,
                Tools = parsed.GetValue(Tools) ?? [],
                TestCalls = parsed.GetValue(Call) is { } tool ? [ReadCall(parsed, tool, given)] : [],
            },
            Health = parsed.GetValue(Health) is { } url ? new HealthCheck { Url = url } : null,
        };
    }

    private static string? WhyNoPath(string text) =>
        JsonPathQuery.Read(text).Problems is [var problem, ..] ? $"the path {problem.Message.TrimEnd('.')}." : null;

    private static TestCall ReadCall(ParseResult parsed, string tool, string[] given) =>
        new()
        {
            Tool = tool,
            Arguments = parsed.GetValue(Arguments) ?? "{}",
            AllowListed = true,
            Contains = parsed.GetValue(Contains),
            JsonPath = parsed.GetValue(Path) ?? given.FirstOrDefault(text => !IsDoor(text)),
            JsonPathEquals = parsed.GetValue(Equal),
            Schema = parsed.GetValue(Schema) is { } file ? ReadSchema(file) : null,
            Within = parsed.GetValue(Within) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };

    private static string ReadSchema(string file)
    {
        try
        {
            var text = File.ReadAllText(file);
            return JsonSchema.Read(text).Problems is [var problem, ..]
                ? throw new CallFailedException(
                    ExitCodes.Refused,
                    $"--schema is '{Flags.Shown(file)}': {problem.Message}."
                )
                : text;
        }
        catch (Exception e) when (Flags.IsOfFile(e))
        {
            throw new CallFailedException(
                ExitCodes.NoInput,
                $"--schema is '{Flags.Shown(file)}': it cannot be read ({SafeText.Of(e.Message, 120)})."
            );
        }
    }

    private static bool IsDoor(string text) => text is "protected" or "open";

    private static JsonValueKind? KindOf(string text)
    {
        try
        {
            return JsonElement.Parse(text).ValueKind;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
