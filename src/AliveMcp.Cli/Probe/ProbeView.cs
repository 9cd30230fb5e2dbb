using AliveMcp.Probing;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Spectre.Console;

namespace AliveMcp.Cli.Probe;

/// <summary>A probe as people read it: a line a phase, the verdict with its explanation, what was learned.</summary>
internal static class ProbeView
{
    public static void Show(Terminal terminal, ProbeArguments arguments, ProbeResult result)
    {
        var console = terminal.Console;
        console.WriteLine();
        console.Write(
            Line(" ", new Text(SafeText.Of(arguments.Order.Url.OriginalString), new Style(decoration: Decoration.Bold)))
        );
        console.WriteLine();
        console.Write(PhaseLines.Draw(terminal, arguments.Order, result));
        console.WriteLine();
        ShowVerdict(terminal, arguments, result.Attempt);
        console.WriteLine();
        console.Write(FactLines.Draw(terminal, result));
        console.WriteLine();
    }

    private static void ShowVerdict(Terminal terminal, ProbeArguments arguments, ProbeAttempt attempt)
    {
        var row = StateWords.Of(attempt.State);
        var badge = new Text($" {row.Mark} {row.Label.ToUpperInvariant()} ", Style.Parse($"bold white on {row.Color}"));
        terminal.Console.Write(Line(" ", badge, new Text("  " + Headline(attempt))));

        foreach (var sentence in Explanation(arguments, attempt))
        {
            terminal.Console.Write(new Padder(new Text(SafeText.Of(sentence)), new Padding(3, 0, 1, 0)));
        }
    }

    /// <summary>The verdict in one line: access and depth when it lives, the words to search for when it does not.</summary>
    private static string Headline(ProbeAttempt attempt)
    {
        if (attempt.Why != Why.None)
        {
            var word = WhyWords.Word(attempt.Why);
            var layer = WhyWords.Layer(attempt.Why, attempt.FailedAt);
            return $"{word}, layer {layer}, {Depth(attempt)}";
        }

        if (ProbeRun.StopsAtGate(attempt))
        {
            return "sign-in required, tools not checked";
        }

        var access = AccessWords.Word(attempt.Access);
        return access is null ? Depth(attempt) : $"{access}, {Depth(attempt)}";
    }

    private static string Depth(ProbeAttempt attempt) =>
        attempt.VerifiedTo switch
        {
            VerifiedTo.Gate => "verified to the gate",
            VerifiedTo.Handshake => "verified to the handshake",
            VerifiedTo.Tools => "verified to the tool list",
            VerifiedTo.TestCall => "verified to the test call",
            _ => "nothing verified",
        };

    private static IEnumerable<string> Explanation(ProbeArguments arguments, ProbeAttempt attempt)
    {
        if (WhyWords.Sentence(attempt.Why) is { } sentence)
        {
            yield return sentence;
        }

        if (!string.IsNullOrEmpty(attempt.Detail))
        {
            yield return attempt.Detail;
        }

        if (attempt.Why == Why.AddressNotAllowed && !arguments.AllowPrivate)
        {
            yield return "Is it your own network? Then add --allow-private.";
        }

        var expected = arguments.Order.Expectations.Protection;
        if (ProbeRun.ExitCode(expected, attempt) == ExitCodes.Protected)
        {
            yield return "Exit code 3. Should it be protected? Then add --expect protected, and it is 0.";
        }
    }

    private static Columns Line(string indent, params Text[] parts) =>
        new([new Text(indent), .. parts]) { Expand = false, Padding = new Padding(0) };
}
