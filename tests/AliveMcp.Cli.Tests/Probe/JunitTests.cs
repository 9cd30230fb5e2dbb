using System.Xml.Linq;
using AliveMcp.Testing.Wire;

namespace AliveMcp.Cli.Tests.Probe;

public sealed class JunitTests
{
    [Fact]
    public async Task A_live_server_passes_every_case()
    {
        var (call, suite) = await ReportAsync(Specimens.Healthy);

        Assert.Equal(0, call.ExitCode);
        Assert.Equal(("0", "0", "0"), Counts(suite));
        Assert.Equal(Attribute(suite, "tests"), Text(suite.Elements("testcase").Count()));
        Assert.Contains("tools/list", suite.Elements("testcase").Select(test => Attribute(test, "name")));
        var state = suite.Descendants("property").Single(property => Attribute(property, "name") == "state");
        Assert.Equal("live", Attribute(state, "value"));
    }

    [Fact]
    public async Task The_phase_that_failed_and_the_verdict_fail_with_the_reason()
    {
        var (call, suite) = await ReportAsync(Specimens.Status(503, "text/plain", "gone \u0001 ]]> <b>"));

        Assert.Equal(2, call.ExitCode);
        Assert.Equal(("2", "0", "1"), Counts(suite));
        var failures = suite.Descendants("failure").ToList();
        Assert.Equal(2, failures.Count);
        Assert.All(failures, failure => Assert.Equal("http_error", Attribute(failure, "type")));
        Assert.Contains("gone \\u{1} ]]> <b>", failures[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_we_could_not_look_is_an_error_and_no_failure()
    {
        var (call, suite) = await ReportAsync(Specimens.Healthy.On("*", stranger => stranger.StatusAsync(429)));

        Assert.Equal(4, call.ExitCode);
        Assert.Empty(suite.Descendants("failure"));
        Assert.NotEmpty(suite.Descendants("error"));
        Assert.Equal(Attribute(suite, "errors"), Text(suite.Descendants("error").Count()));
    }

    [Fact]
    public async Task The_shape_is_the_one_that_CI_systems_read()
    {
        var (_, suite) = await ReportAsync(Specimens.Healthy);

        Assert.Equal(["properties", "testcase", "system-out"], Names(suite.Elements()));
        Assert.All(suite.Elements("testcase"), test => Assert.Equal(["classname", "name", "time"], Names(test)));
        Assert.Equal(["name", "timestamp", "hostname", "tests", "failures", "errors", "skipped", "time"], Names(suite));
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}$", Attribute(suite, "timestamp"));
    }

    [Fact]
    public async Task A_file_is_written_beside_what_people_read()
    {
        var folder = Directory.CreateTempSubdirectory("alivemcp-test-junit-");
        var file = Path.Combine(folder.FullName, "probe.xml");
        await using var server = await FakeMcpServer.StartAsync(Specimens.Healthy);

        var call = await Call.AliveMcpAsync("probe", server.Url.AbsoluteUri, "--allow-private", "--junit", file);

        Assert.Contains("✓ LIVE", call.Out, StringComparison.Ordinal);
        Assert.Equal("testsuites", XDocument.Load(file).Root!.Name.LocalName);
        folder.Delete(recursive: true);
    }

    private static async Task<(Call Call, XElement Suite)> ReportAsync(Specimen specimen)
    {
        await using var server = await FakeMcpServer.StartAsync(specimen);
        var call = await Call.AliveMcpAsync("probe", server.Url.AbsoluteUri, "--allow-private", "--junit");
        return (call, XDocument.Parse(call.Out).Root!.Element("testsuite")!);
    }

    private static (string Failures, string Errors, string Skipped) Counts(XElement suite) =>
        (Attribute(suite, "failures"), Attribute(suite, "errors"), Attribute(suite, "skipped"));

    private static string Attribute(XElement element, string name) => element.Attribute(name)!.Value;

    private static IEnumerable<string> Names(XElement element) =>
        element.Attributes().Select(attribute => attribute.Name.LocalName);

    private static IEnumerable<string> Names(IEnumerable<XElement> elements) =>
        elements.Select(element => element.Name.LocalName).Distinct(StringComparer.Ordinal);

    private static string Text(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
