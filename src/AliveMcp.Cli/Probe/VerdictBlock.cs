using AliveMcp.Cli.Looking;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Spectre.Console;

namespace AliveMcp.Cli.Probe;

/// <summary>The verdict, and when it is a bad one: expected beside actual, what proves it, what the owner can do.</summary>
internal static class VerdictBlock
{
    private static readonly Style Quiet = new(Color.Grey);

    public static void Show(IAnsiConsole console, ProbeArguments arguments, Sight sight)
    {
        var attempt = sight.Result.Attempt;
        var row = StateWords.Of(attempt.State);
        var badge = new Text($" {row.Mark} {row.Label.ToUpperInvariant()} ", Style.Parse($"bold white on {row.Color}"));
        var line = Columns(1, 2);
        line.AddRow(badge, new Text(Headline(attempt)));
        console.Write(line);
        if (WhyWords.Sentence(attempt.Why) is { } sentence)
        {
            console.Write(new Padder(new Text(sentence), new Padding(3, 0, 0, 0)) { Expand = false });
        }

        var facts = Columns(3, 2);
        foreach (var (label, text) in Explanation(arguments, sight))
        {
            facts.AddRow(new Text(label, Quiet), new Text(text));
        }

        if (facts.Rows.Count > 0)
        {
            console.WriteLine();
            console.Write(facts);
        }
    }

    /// <summary>The verdict in one line: access and depth when it lives, the words to search for when it does not.</summary>
    public static string Headline(ProbeAttempt attempt, string? layer = null)
    {
        if (attempt.Why != Why.None)
        {
            var word = WhyWords.Word(attempt.Why);
            layer ??= WhyWords.Layer(attempt.Why, attempt.FailedAt);
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

    private static IEnumerable<(string Label, string Text)> Explanation(ProbeArguments arguments, Sight sight)
    {
        var attempt = sight.Result.Attempt;
        if (!string.IsNullOrEmpty(attempt.Detail))
        {
            foreach (var line in Detail.Split(attempt.Detail))
            {
                yield return (line.Label, SafeText.Of(line.Text, 400));
            }
        }

        if (attempt.State != ServerState.Live && Proof.Of(sight) is { Length: > 0 } proof)
        {
            yield return ("evidence", proof);
        }

        if (WhyRemedies.Of(attempt.Why) is { } remedy)
        {
            yield return ("what to do", remedy);
        }

        if (Hint(attempt.Why, arguments.Look) is { } hint)
        {
            yield return ("here", hint);
        }

        if (ProbeRun.LacksCall(arguments, sight.Result))
        {
            yield return ("exit code", "1: the call was not made, so that nothing is known about it.");
        }

        if (ProbeRun.ExitCode(arguments, sight.Result) == ExitCodes.Protected)
        {
            yield return ("exit code", "3. Should it be protected? Then add --expect protected, and it is 0.");
        }
    }

    /// <summary>What another command line would do about it.</summary>
    private static string? Hint(Why why, Look look) =>
        why switch
        {
            Why.AddressNotAllowed when !look.AllowPrivate => "Is it your own network? Then add --allow-private.",
            Why.TlsUntrusted when look.Authorities is null =>
                "Is it your own authority? Then add --ca with its PEM file.",
            Why.AuthRequired or Why.AuthRequiredBare when look.Order.Credential is null =>
                "Have you a credential? Then add --bearer-env, --header-env, --basic-env or --oauth-token-url.",
            _ => null,
        };

    private static Grid Columns(int indent, int gap)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(indent).PadRight(gap));
        grid.AddColumn(new GridColumn().PadLeft(0).PadRight(0));
        return grid;
    }
}
