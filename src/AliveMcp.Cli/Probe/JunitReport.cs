using System.Globalization;
using System.Text;
using System.Xml;
using AliveMcp.Cli.Looking;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Probe;

/// <summary>
/// A look as JUnit XML, in the shape that CI systems agree on (testsuites, testsuite, properties, testcase with failure, error or skipped):
/// a test case for each phase, and one for the verdict, which fails exactly when the exit code is not 0.
/// </summary>
internal static class JunitReport
{
    public static string Write(ProbeArguments arguments, Sight sight, int exitCode, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var phases = Phases.Of(arguments.Look, sight, now);
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            Head(xml, arguments, sight, phases, exitCode, now);
            Properties(xml, sight);
            foreach (var phase in phases)
            {
                Case(xml, arguments, phase.Name, phase.Took);
                Outcome(xml, phase, sight);
                xml.WriteEndElement();
            }

            Verdict(xml, arguments, sight, exitCode);
            Notes(xml, sight);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text.ToString().ReplaceLineEndings("\n")}";
    }

    private static void Head(
        XmlWriter xml,
        ProbeArguments arguments,
        Sight sight,
        IReadOnlyList<Phase> phases,
        int exitCode,
        DateTimeOffset now
    )
    {
        var isBlind = exitCode == ExitCodes.Unknown;
        var bad = phases.Count(phase => phase.End == PhaseEnd.Failed) + (exitCode == ExitCodes.Fine ? 0 : 1);
        // Reports are kept and shown to many: a query may hold a key.
        Attribute(xml, "name", $"alivemcp probe {arguments.Look.Order.Url.GetLeftPart(UriPartial.Path)}");
        Attribute(xml, "timestamp", now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        Attribute(xml, "hostname", arguments.Look.Order.Url.Host);
        Attribute(xml, "tests", Number(phases.Count + 1));
        Attribute(xml, "failures", Number(isBlind ? 0 : bad));
        Attribute(xml, "errors", Number(isBlind ? bad : 0));
        Attribute(xml, "skipped", Number(phases.Count(phase => phase.End == PhaseEnd.NotReached)));
        Attribute(xml, "time", Seconds(TimeSpan.FromMicroseconds(sight.Result.Attempt.Phases.Total)));
    }

    private static void Properties(XmlWriter xml, Sight sight)
    {
        var (attempt, seen) = (sight.Result.Attempt, sight.Result.Observed);
        (string Name, string? Value)[] properties =
        [
            ("state", StateWords.Word(attempt.State)),
            ("access", AccessWords.Word(attempt.Access)),
            ("verified_to", AccessWords.Word(attempt.VerifiedTo)),
            ("failure_reason", WhyWords.Word(attempt.Why)),
            ("failure_layer", WhyWords.Layer(attempt.Why, attempt.FailedAt)),
            ("protocol_version", seen.ProtocolVersion),
            ("server", seen.ServerName is null ? null : $"{seen.ServerName} {seen.ServerVersion}".Trim()),
            ("tools", seen.ToolCount is { } tools ? Number(tools) : null),
            ("contract_hash", seen.ContractHash),
            ("full_hash", seen.FullHash),
        ];
        xml.WriteStartElement("properties");
        foreach (var (name, value) in properties.Where(property => property.Value is not null))
        {
            xml.WriteStartElement("property");
            Attribute(xml, "name", name);
            Attribute(xml, "value", value!);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, ProbeArguments arguments, string name, TimeSpan took)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", $"alivemcp.{arguments.Look.Order.Url.Host}");
        Attribute(xml, "name", name);
        Attribute(xml, "time", Seconds(took));
    }

    private static void Outcome(XmlWriter xml, Phase phase, Sight sight)
    {
        if (phase.End == PhaseEnd.Failed)
        {
            Fault(xml, sight);
        }
        else if (phase.End == PhaseEnd.NotReached)
        {
            xml.WriteStartElement("skipped");
            xml.WriteEndElement();
        }
    }

    private static void Verdict(XmlWriter xml, ProbeArguments arguments, Sight sight, int exitCode)
    {
        Case(xml, arguments, "verdict", TimeSpan.Zero);
        if (exitCode != ExitCodes.Fine)
        {
            Fault(xml, sight);
        }

        xml.WriteEndElement();
    }

    // We could not look: an error of the test, not a failure of the server.
    private static void Fault(XmlWriter xml, Sight sight)
    {
        var attempt = sight.Result.Attempt;
        var what =
            attempt.Why != Why.None ? WhyWords.Sentence(attempt.Why)
            : ProbeRun.StopsAtGate(attempt) ? "Sign-in required, tools not checked."
            : "--fail-on found what it names.";
        xml.WriteStartElement(attempt.State == ServerState.Unknown ? "error" : "failure");
        Attribute(xml, "message", what ?? "");
        Attribute(xml, "type", WhyWords.Word(attempt.Why) ?? "policy");
        string?[] lines = [attempt.Detail, Proof.Of(sight), WhyRemedies.Of(attempt.Why)];
        xml.WriteString(Valid(string.Join('\n', lines.Where(line => !string.IsNullOrEmpty(line)))));
        xml.WriteEndElement();
    }

    private static void Notes(XmlWriter xml, Sight sight)
    {
        var lines = sight
            .Result.Warnings.Select(text => $"warning: {text}")
            .Concat(
                sight.Result.Findings.Select(finding =>
                    $"{finding.Class}: {finding.Code}{(finding.Tool is null ? "" : $" in {finding.Tool}")}: {finding.Detail}"
                )
            );
        xml.WriteElementString("system-out", Valid(string.Join('\n', lines)));
    }

    private static void Attribute(XmlWriter xml, string name, string value) =>
        xml.WriteAttributeString(name, Valid(value));

    /// <summary>Without what XML 1.0 cannot hold (section 2.2): it stands there as its escape.</summary>
    private static string Valid(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isFine =
                rune.Value > 0xFFFF
                || rune.Value == '\n'
                || (!Rune.IsControl(rune) && XmlConvert.IsXmlChar((char)rune.Value));
            kept.Append(
                isFine ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}")
            );
        }

        return kept.ToString();
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan took) =>
        took.TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture);
}
