using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using AliveMcp.Testing.Wire;

namespace AliveMcp.Cli.Tests.Probe;

/// <summary>What a hostile server says reaches no report, and no terminal, as anything but text.</summary>
public sealed class HostileReportTests
{
    // Escapes of terminals and of XML, what XML cannot hold at all, half a character, text that runs backwards.
    private const string Hostile =
        "]]> <b a=\\\"1\\\"> & --> <!ENTITY x> \\u001b[2J\\u001b]0;x\\u0007 \\u0000 \\u0085 \\ufffe \\ud800 \\udb40\\udc41 \\u202e \\u2028 \\ud83d\\ude00";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_a_server_says_the_report_is_well_formed(int kind)
    {
        var (call, document) = await ReportAsync(Kind(kind));

        var suite = document.Root!.Element("testsuite")!;
        Assert.Equal(("testsuites", "testsuite"), (document.Root.Name.LocalName, suite.Name.LocalName));
        Assert.DoesNotContain(call.Out, letter => letter != '\n' && (char.IsControl(letter) || letter is '\u202e'));
        foreach (var (count, element) in new[] { ("failures", "failure"), ("errors", "error"), ("skipped", "skipped") })
        {
            Assert.Equal(Count(suite, count), suite.Elements("testcase").Elements(element).Count());
        }

        Assert.Equal(Count(suite, "tests"), suite.Elements("testcase").Count());
        Assert.All(suite.Elements("testcase"), test => Assert.InRange(test.Elements().Count(), 0, 1));
        Assert.All(
            suite.Elements("testcase").Append(suite),
            timed =>
                Assert.True(
                    decimal.TryParse(timed.Attribute("time")!.Value, CultureInfo.InvariantCulture, out var took)
                        && took >= 0
                )
        );
        Assert.Equal(call.ExitCode != 0, suite.Elements("testcase").Last().HasElements);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_a_server_says_a_terminal_takes_no_orders_from_it(int kind)
    {
        await using var server = await FakeMcpServer.StartAsync(Kind(kind));

        foreach (var mode in new[] { "--fail-on=warning", "--trace", "--json" })
        {
            var call = await Call.AliveMcpAsync("probe", server.Url.AbsoluteUri, "--allow-private", mode);
            var said = call.Out + call.Error;

            Assert.DoesNotContain(said, letter => letter != '\n' && (char.IsControl(letter) || letter is '\u202e'));
            if (mode == "--json")
            {
                using var json = JsonDocument.Parse(call.Out);
                Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
            }
        }
    }

    [Fact]
    public async Task A_report_that_others_read_does_not_tell_what_stands_in_a_query()
    {
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);

        var call = await Call.AliveMcpAsync(
            "probe",
            server.Url + "?api_key=planted-5f9c",
            "--allow-private",
            "--junit"
        );

        Assert.Equal(0, call.ExitCode);
        Assert.DoesNotContain("planted-5f9c", call.Out, StringComparison.Ordinal);
    }

    // A name, a tool and its texts; a refusal; an error.
    private static Specimen Kind(int kind) =>
        kind switch
        {
            0 => Specimens.Healthy with
            {
                Tools =
                [
                    $$$"""{"name":"{{{Hostile}}}","description":"{{{Hostile}}}","inputSchema":{"type":"object","properties":{"{{{Hostile}}}":{"type":"string","description":"{{{Hostile}}}"} } } }""",
                ],
            },
            1 => Specimens.Status(
                503,
                "text/html",
                JsonSerializer.Deserialize<string>($"\"{Hostile.Replace("\\ud800", "", StringComparison.Ordinal)}\"")!
            ),
            _ => Specimens.Healthy.On(
                "tools/list",
                call =>
                    call.BodyAsync(
                        200,
                        "application/json",
                        $$$"""{"jsonrpc":"2.0","id":{{{call.Id}}},"error":{"code":-32603,"message":"{{{Hostile}}}"}}"""
                    )
            ),
        };

    private static async Task<(Call Call, XDocument Report)> ReportAsync(Specimen specimen)
    {
        await using var server = await FakeMcpServer.StartAsync(specimen);
        var call = await Call.AliveMcpAsync("probe", server.Url.AbsoluteUri, "--allow-private", "--junit");
        using var reader = XmlReader.Create(
            new StringReader(call.Out),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = true }
        );
        return (call, XDocument.Load(reader));
    }

    private static int Count(XElement suite, string name) =>
        int.Parse(suite.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
