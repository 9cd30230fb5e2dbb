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
            // Version, head, the two regions, the plan, state and reason, the mark that they share, and what each said.
            "03C2"
                + "4144"
                + "02AC02D69CA20E050201028201"
                + "368C05"
                + "0102030405060708"
                + "1D350000"
                + "010202500501"
                + "A09C01"
                + "61032005",
            Convert.ToHexString(VerdictCodec.Pack(Verdicts.Verdict))
        );
    }

    [Fact]
    public void What_was_packed_is_read_back()
    {
        Same(Rounded(Verdicts.Verdict), VerdictCodec.Unpack(VerdictCodec.Pack(Verdicts.Verdict)));
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

            Same(Rounded(verdict), VerdictCodec.Unpack(VerdictCodec.Pack(verdict)));
        }
    }

    [Fact]
    public void What_was_read_back_is_packed_to_the_same_bytes()
    {
        var random = new Random(7);
        for (var run = 0; run < 2_000; run++)
        {
            var packed = VerdictCodec.Pack(Any(random));

            Assert.Equal(packed, VerdictCodec.Pack(VerdictCodec.Unpack(packed)));
        }
    }

    [Fact]
    public void A_phase_that_is_longer_than_a_byte_can_say_is_written_out_with_its_region()
    {
        var phases = Verdicts.Live.Phases! with { Tools = RoundedTime.Longest + 1, TestCall = 17 };
        var slow = Verdicts.Verdict with { Entries = [Verdicts.Live with { Phases = phases }] };

        Assert.Equal(phases, VerdictCodec.Unpack(VerdictCodec.Pack(slow)).Entries[0].Phases);
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

        Same(Rounded(named), VerdictCodec.Unpack(VerdictCodec.Pack(named)));
    }

    [Fact]
    public void A_mark_that_all_regions_share_is_written_once()
    {
        var shared = Verdicts.Verdict with { Entries = [Verdicts.Live, Verdicts.Live with { Region = Verdicts.West }] };
        var other = Verdicts.Live with { Region = Verdicts.West, ContractMark = 5 };
        var divided = shared with { Entries = [Verdicts.Live, other] };

        // The mark itself, and the second byte of the head that announces it.
        Assert.Equal(9, VerdictCodec.Pack(divided).Length - VerdictCodec.Pack(shared).Length);
        Same(Rounded(shared), VerdictCodec.Unpack(VerdictCodec.Pack(shared)));
        Same(Rounded(divided), VerdictCodec.Unpack(VerdictCodec.Pack(divided)));
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
            Assert.Equal(IsRead(() => VerdictCodec.Unpack(garbled)), IsRead(() => Skim(garbled)));
        }
    }

    [Fact]
    public void What_is_skimmed_of_a_verdict_is_what_it_says()
    {
        var random = new Random(8);
        for (var run = 0; run < 2_000; run++)
        {
            var packed = VerdictCodec.Pack(Any(random));
            var verdict = VerdictCodec.Unpack(packed);

            var skim = new VerdictSkim(packed);

            Assert.Equal((verdict.Server, verdict.Minute), (skim.Plan.Server, skim.Plan.Minute));
            Assert.Equal(
                (verdict.State, verdict.Why, verdict.FailedAt),
                (skim.Seen.State, skim.Seen.Why, skim.Seen.FailedAt)
            );
            Assert.Equal(verdict.Plan.Regions.Count, skim.Regions);
            Assert.Equal(
                verdict.Entries.Select(entry => (entry.State, entry.Phases?.Total, entry.ContractMark)),
                Skim(packed).Select(entry => (entry.State, entry.Total, entry.ContractMark))
            );
        }
    }

    private static List<SkimmedEntry> Skim(byte[] packed)
    {
        var entries = new List<SkimmedEntry>();
        for (var skim = new VerdictSkim(packed); skim.Next(); )
        {
            entries.Add(skim.Entry);
        }

        return entries;
    }

    private static bool IsRead(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    [Fact]
    public void A_newer_version_is_refused_by_its_number()
    {
        var packed = VerdictCodec.Pack(Verdicts.Verdict);
        packed[0] = 4;

        var refused = Assert.Throws<FormatException>(() => VerdictCodec.Unpack(packed));

        Assert.Equal("A packed verdict has version 4; this program reads version 3.", refused.Message);
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
            Phases =
                random.Next(3) == 0
                    ? null
                    : new PhaseTimes
                    {
                        Tls = random.Next() >> random.Next(31),
                        TestCall = random.Next(2),
                        Total = random.Next(3),
                    },
            FirstTryTotal = random.Next(3) == 0 ? null : random.Next(3),
            ContractMark = random.Next(3) == 0 ? null : (ulong)random.Next(2),
        };

    /// <summary>As it is kept.</summary>
    private static VerdictMinute Rounded(VerdictMinute verdict) =>
        verdict with
        {
            Entries =
            [
                .. verdict.Entries.Select(entry =>
                    entry with
                    {
                        Phases = entry.Phases is { } phases ? Rounded(phases) : null,
                    }
                ),
            ],
        };

    private static PhaseTimes Rounded(PhaseTimes phases) =>
        Math.Max(phases.Tls, phases.TestCall) > RoundedTime.Longest
            ? phases
            : new PhaseTimes
            {
                Resolve = Rounded(phases.Resolve),
                Connect = Rounded(phases.Connect),
                Tls = Rounded(phases.Tls),
                Handshake = Rounded(phases.Handshake),
                Tools = Rounded(phases.Tools),
                TestCall = Rounded(phases.TestCall),
                FirstByte = Rounded(phases.FirstByte),
                Total = phases.Total,
            };

    private static int Rounded(int micros) => RoundedTime.Micros(RoundedTime.Code(micros));

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
