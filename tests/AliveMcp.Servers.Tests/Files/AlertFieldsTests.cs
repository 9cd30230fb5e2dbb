using AliveMcp.Servers.Alerts;
using AliveMcp.Servers.Files;

namespace AliveMcp.Servers.Tests.Files;

/// <summary>What owners choose about alerts: what is refused and by which words, and what becomes of it.</summary>
public sealed class AlertFieldsTests
{
    [Theory]
    [InlineData("confirm: 4 of 3", "alerts.confirm", "'4 of 3' confirms nothing; write for example 2 of 3")]
    [InlineData("confirm: 2", "alerts.confirm", "'2' confirms nothing")]
    [InlineData("confirm: 2 of 31", "alerts.confirm", "at most 30")]
    [InlineData("recover: 0", "alerts.recover", "'0' is not 1 to 30 minutes")]
    [InlineData("severity: { outage: P5 }", "alerts.severity.outage", "'P5' is not known")]
    [InlineData("severity: { outtage: P1 }", "alerts.severity.outtage", "did you mean 'outage'?")]
    [InlineData("off: [drft]", "alerts.off", "'drft' is no kind of alert; did you mean 'drift'?")]
    [InlineData("of: [drift]", "alerts.of", "is no field of alerts")]
    public void What_is_wrong_is_named_with_what_would_be_right(string field, string place, string why)
    {
        var problem = Assert.Single(Read(field).Problems);

        Assert.Equal("servers[0]." + place, problem.Field);
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_what_was_read()
    {
        var entries = Read(
            "confirm: 3 of 5, recover: 4, severity: { drift: P1 }, off: [blind, certificate], on: [latency]"
        ).Entries;

        var stored = StoredAlerts.Write(entries.Single().Alerts);
        var read = StoredAlerts.Read(stored);

        Assert.Equal(stored, StoredAlerts.Write(read));
        Assert.Equal((3, 5, 4), (read.Confirm, read.OutOf, read.Recover));
        Assert.Equal(1, read.Severity["drift"]);
        Assert.Equal(["blind", "certificate"], read.Off);
        Assert.Equal(["latency"], read.On);
    }

    [Fact]
    public void Nothing_chosen_is_nothing_stored()
    {
        Assert.Null(StoredAlerts.Write(Read("").Entries.Single().Alerts));
    }

    [Theory]
    [InlineData(
        null,
        1,
        "You hear of an outage after 40-100 s, from one region alone after 100-160 s, and that it is over after 2 good minutes."
    )]
    [InlineData(1, 1, "You hear of an outage after 5-40 s, and that it is over after 2 good minutes.")]
    [InlineData(2, 5, "You hear of an outage after 5-10 min, and that it is over after 10 good minutes.")]
    public void Settings_say_what_they_mean(int? confirm, int cadence, string words) =>
        Assert.Equal(words, AlertConsequence.Of(new AlertSettings { Confirm = confirm, OutOf = confirm }, cadence));

    private static FileContents Read(string fields) =>
        FileReader.Read($"servers: [{{ slug: a, url: 'https://a.example/mcp', alerts: {{ {fields} }} }}]");
}
