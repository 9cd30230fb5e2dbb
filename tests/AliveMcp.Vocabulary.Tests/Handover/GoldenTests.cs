using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Vocabulary.Tests.Handover;

/// <summary>
/// Every version of every packed record that was ever released, as a file <c>Golden/record.vN.hex</c>. A new version adds files; the old ones stay,
/// for they lie in Redis and in the archive, and programs of both versions run beside each other while one is rolled out.
/// </summary>
public sealed class GoldenTests
{
    private static readonly MinutePlan Rotating = Verdicts.Plan with
    {
        Rotating = true,
        Maintenance = false,
        Slowed = Slowed.SessionsStay,
        Lane = Lane.Isolated,
        Reserve = [],
    };

    [Theory]
    [InlineData("plan.v1")]
    [InlineData("plan-rotating.v1")]
    public void A_plan_is_read_from_every_version(string file)
    {
        var expected = file.StartsWith("plan-rotating", StringComparison.Ordinal) ? Rotating : Verdicts.Plan;

        var plan = PlanCodec.Unpack(PlanCodec.PackRegions(expected), Golden(file));

        Assert.Equal(expected.Regions, plan.Regions);
        Assert.Equal(expected with { Regions = plan.Regions }, plan);
    }

    [Theory]
    [InlineData("entry-live.v1")]
    [InlineData("entry-down.v1")]
    public void An_entry_is_read_from_every_version(string file)
    {
        var expected = file.StartsWith("entry-live", StringComparison.Ordinal) ? Verdicts.Live : Verdicts.Down;

        Assert.Equal(expected, EntryCodec.Unpack(Golden(file), expected.Region));
    }

    [Theory]
    [InlineData("verdict.v3")]
    public void A_verdict_is_read_from_every_version(string file)
    {
        var verdict = VerdictCodec.Unpack(Golden(file));

        var rounded = Verdicts.Live.Phases! with
        {
            Resolve = 64,
            Connect = 128,
            Tls = 128,
            Handshake = 16_384,
            Tools = 320,
            FirstByte = 64,
        };
        Assert.Equal([Verdicts.Live with { Phases = rounded }, Verdicts.Down], verdict.Entries);
        Assert.Equal(Verdicts.Plan.Regions, verdict.Plan.Regions);
        Assert.Equal((Verdicts.Verdict.State, Verdicts.Verdict.Why), (verdict.State, verdict.Why));
    }

    [Fact]
    public void What_is_written_is_the_newest_version_to_the_byte()
    {
        Assert.Equal(Golden("plan.v1"), PlanCodec.Pack(Verdicts.Plan));
        Assert.Equal(Golden("plan-rotating.v1"), PlanCodec.Pack(Rotating));
        Assert.Equal(Golden("entry-live.v1"), EntryCodec.Pack(Verdicts.Live));
        Assert.Equal(Golden("entry-down.v1"), EntryCodec.Pack(Verdicts.Down));
        Assert.Equal(Golden("verdict.v3"), VerdictCodec.Pack(Verdicts.Verdict));
    }

    [Fact]
    public void A_file_that_no_test_reads_is_no_promise()
    {
        Assert.Equal(
            ["entry-down.v1", "entry-live.v1", "plan-rotating.v1", "plan.v1", "verdict.v3"],
            typeof(GoldenTests)
                .Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(name => name[Prefix.Length..^Suffix.Length])
                .Order(StringComparer.Ordinal)
        );
    }

    private const string Prefix = "AliveMcp.Vocabulary.Tests.Handover.Golden.";
    private const string Suffix = ".hex";

    private static byte[] Golden(string file)
    {
        using var stream = typeof(GoldenTests).Assembly.GetManifestResourceStream(Prefix + file + Suffix);
        using var reader = new StreamReader(stream!);
        return Convert.FromHexString(reader.ReadToEnd().Trim());
    }
}
