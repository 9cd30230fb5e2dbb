using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Vocabulary.Tests.Handover;

/// <summary>Packed records lie in Redis and in the archive: their bytes are a promise. A change here is a new version that reads the old one.</summary>
public sealed class CodecTests
{
    [Fact]
    public void The_bytes_of_a_plan_are_fixed()
    {
        Assert.Equal("us-east,eu-west", PlanCodec.PackRegions(Verdicts.Plan));
        Assert.Equal("0102AC02D69CA20E05020102" + "8201", Convert.ToHexString(PlanCodec.Pack(Verdicts.Plan)));
    }

    [Fact]
    public void The_bytes_of_a_live_entry_are_fixed()
    {
        Assert.Equal(
            "0125350000" + "017F800180800" + "1AC020002A09C01" + "0102030405060708",
            Convert.ToHexString(EntryCodec.Pack(Verdicts.Live))
        );
    }

    [Fact]
    public void The_bytes_of_a_failed_entry_are_fixed()
    {
        Assert.Equal("0118032005", Convert.ToHexString(EntryCodec.Pack(Verdicts.Down)));
    }

    [Fact]
    public void The_bytes_of_a_verdict_are_fixed()
    {
        Assert.Equal(
            "02"
                + "0102AC02D69CA20E050201028201"
                + "02"
                + "41"
                + "44"
                + "368C05"
                + "8D02"
                + "350000017F8001808001AC020002E82F0102030405060708"
                + "61032005",
            Convert.ToHexString(VerdictCodec.Pack(Verdicts.Verdict))
        );
    }

    [Fact]
    public void What_was_packed_is_read_back()
    {
        Same(Verdicts.Verdict, VerdictCodec.Unpack(VerdictCodec.Pack(Verdicts.Verdict)));
        Same(Silent, VerdictCodec.Unpack(VerdictCodec.Pack(Silent)));
        var plan = PlanCodec.Unpack(PlanCodec.PackRegions(Verdicts.Plan), PlanCodec.Pack(Verdicts.Plan));
        Assert.Equal(Verdicts.Plan with { Regions = plan.Regions }, plan);
        Assert.Equal(Verdicts.Plan.Regions, plan.Regions);
    }

    [Fact]
    public void Any_verdict_is_read_back()
    {
        var random = new Random(5);
        for (var run = 0; run < 2_000; run++)
        {
            var verdict = Any(random);

            Same(verdict, VerdictCodec.Unpack(VerdictCodec.Pack(verdict)));
        }
    }

    [Fact]
    public void A_region_with_an_unusual_name_is_spelt_out()
    {
        IReadOnlyList<Region> regions = [Region.Of("us-east"), Region.Of("attic-under-the-roof")];
        var named = Verdicts.Verdict with
        {
            Plan = Verdicts.Plan with { Regions = regions },
            Entries = [Verdicts.Live],
        };

        Same(named, VerdictCodec.Unpack(VerdictCodec.Pack(named)));
    }

    [Fact]
    public void A_mark_that_all_regions_share_is_written_once()
    {
        var shared = Verdicts.Verdict with { Entries = [Verdicts.Live, Verdicts.Live with { Region = Verdicts.West }] };
        var other = Verdicts.Live with { Region = Verdicts.West, ContractMark = 5 };
        var divided = shared with { Entries = [Verdicts.Live, other] };

        // The mark itself, and the second byte of the head that announces it.
        Assert.Equal(9, VerdictCodec.Pack(divided).Length - VerdictCodec.Pack(shared).Length);
        Same(shared, VerdictCodec.Unpack(VerdictCodec.Pack(shared)));
        Same(divided, VerdictCodec.Unpack(VerdictCodec.Pack(divided)));
    }

    [Fact]
    public void Cut_or_garbled_bytes_are_a_format_fault_or_a_whole_record_never_another_exception()
    {
        var packed = VerdictCodec.Pack(Verdicts.Verdict);
        for (var length = 0; length < packed.Length; length++)
        {
            Assert.Throws<FormatException>(() => VerdictCodec.Unpack(packed.AsSpan(0, length)));
        }

        var random = new Random(6);
        for (var run = 0; run < 5_000; run++)
        {
            var garbled = packed.ToArray();
            garbled[random.Next(garbled.Length)] = (byte)random.Next(256);
            try
            {
                VerdictCodec.Unpack(garbled);
            }
            catch (FormatException)
            {
                // As promised.
            }
        }
    }

    [Fact]
    public void A_newer_version_is_refused_by_its_number()
    {
        var packed = VerdictCodec.Pack(Verdicts.Verdict);
        packed[0] = 3;

        var refused = Assert.Throws<FormatException>(() => VerdictCodec.Unpack(packed));

        Assert.Equal("A packed verdict has version 3; this program reads version 2.", refused.Message);
    }

    private static VerdictMinute Silent { get; } =
        new()
        {
            Plan = Verdicts.Plan with { Maintenance = false, Rotating = true },
            State = ServerState.Unknown,
            Why = Why.NobodyLooked,
            Entries = [],
        };

    private static VerdictMinute Any(Random random) =>
        new()
        {
            Plan = Verdicts.Plan with { Minute = new MinuteStamp(random.Next()), SettingsVersion = random.Next() },
            State = (ServerState)random.Next(4),
            Why = Why.Timeout,
            Access = (Access)random.Next(4),
            VerifiedTo = (VerifiedTo)random.Next(5),
            Entries = [.. Verdicts.Plan.Regions.Where(_ => random.Next(3) > 0).Select(region => Any(region, random))],
        };

    private static RegionEntry Any(Region region, Random random) =>
        new()
        {
            Region = region,
            State = (ServerState)random.Next(4),
            Why = random.Next(2) == 0 ? Why.None : Why.ToolsError,
            FailedAt = random.Next(2) == 0 ? null : ProbeStep.ToolsList,
            Access = (Access)random.Next(4),
            VerifiedTo = (VerifiedTo)random.Next(5),
            Tries = random.Next(1, 3),
            FirstTryFailed = random.Next(2) == 0,
            Phases = random.Next(3) == 0 ? null : new PhaseTimes { Tls = random.Next(), Total = random.Next(3) },
            FirstTryTotal = random.Next(3) == 0 ? null : random.Next(3),
            ContractMark = random.Next(3) == 0 ? null : (ulong)random.Next(2),
        };

    private static void Same(VerdictMinute expected, VerdictMinute actual)
    {
        Assert.Equal(expected.Entries, actual.Entries);
        Assert.Equal(expected.Plan.Regions, actual.Plan.Regions);
        Assert.Equal(
            expected with
            {
                Entries = actual.Entries,
                Plan = expected.Plan with { Regions = actual.Plan.Regions },
            },
            actual
        );
    }
}
