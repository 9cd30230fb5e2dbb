using AliveMcp.Contracts;
using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using static AliveMcp.Probing.Tests.Judging.SeenServers;

namespace AliveMcp.Probing.Tests.Judging;

/// <summary>What holds of every server: no worse behaviour earns a better word.</summary>
public sealed class WorseServersTests
{
    [Fact]
    public void A_slower_or_more_broken_server_never_gets_a_better_outcome()
    {
        foreach (var order in Orders())
        {
            foreach (var sighting in Sightings())
            {
                var before = ProbeJudge.Judge(sighting, order).State;
                foreach (var worse in Worsened(sighting))
                {
                    var after = ProbeJudge.Judge(worse, order).State;
                    Assert.True(Rank(after) >= Rank(before), $"{before} became {after}: {worse}");
                }
            }
        }
    }

    private static IEnumerable<Sighting> Worsened(Sighting sighting)
    {
        yield return sighting with
        {
            Health = Trouble,
        };

        yield return sighting with
        {
            Calls =
            [
                .. sighting.Calls,
                new CallSighting
                {
                    Tool = "t",
                    Withheld = "not called",
                    IsWithheldByServer = true,
                },
            ],
        };

        foreach (var fault in new[] { WireFault.RpcError, WireFault.Timeout, WireFault.NotJsonRpc, WireFault.Reset })
        {
            foreach (var (isUp, isDown) in new[] { (false, false), (true, false), (false, true) })
            {
                var failed = FailedCall(fault) with { TimeIsUp = isUp, FailureIsDown = isDown };
                yield return sighting with
                {
                    Calls = [failed],
                };
                yield return sighting with
                {
                    Calls = [.. sighting.Calls, failed],
                };
            }
        }

        yield return sighting with
        {
            Pace = sighting.Pace + TimeSpan.FromSeconds(10),
        };

        foreach (var stopped in OnTheWire(sighting))
        {
            yield return stopped;
        }

        foreach (var listed in InTheList(sighting))
        {
            yield return listed;
        }
    }

    private static IEnumerable<Sighting> InTheList(Sighting sighting)
    {
        if (sighting.List is { End: ListEnd.Whole } list)
        {
            yield return sighting with
            {
                List = list with { Faults = [new ToolFault("a", "name_missing", "a"), .. list.Faults] },
            };
            yield return sighting with
            {
                List = list with { End = ListEnd.NoArray, Names = null, ToolCount = 0 },
            };
            yield return sighting with
            {
                List = list with { End = ListEnd.Endless, Names = null },
            };
            yield return sighting with
            {
                List = list with { Names = new HashSet<string>() },
            };
        }
    }

    private static IEnumerable<Sighting> OnTheWire(Sighting sighting)
    {
        // What blinds us and what stands at the door are other axes; all the rest makes an agent get nothing.
        foreach (var fault in Enum.GetValues<WireFault>())
        {
            if (
                fault
                is not (
                    WireFault.None
                    or WireFault.NoRoute
                    or WireFault.HttpStatus
                    or WireFault.RpcError
                    or WireFault.BodyTooLarge
                    or WireFault.TooDeep
                )
            )
            {
                yield return sighting with
                {
                    Stop = Stop(fault, 200),
                };
                yield return sighting with
                {
                    List = ListStopped(Stop(fault, 200)).List,
                };
            }
        }
    }

    private static IEnumerable<Sighting> Sightings() =>
        from faults in new ToolFault[][] { [], [new("x", "name_duplicate", "x")] }
        from pace in new[] { 0, 6 }
        from count in new[] { 0, 3 }
        from calls in new CallSighting[][]
        {
            [],
            [new() { Tool = "t" }],
            [new() { Tool = "t", Withheld = "not called" }],
            [
                new()
                {
                    Tool = "t",
                    Withheld = "not called",
                    IsWithheldByServer = true,
                },
            ],
            [FailedCall(WireFault.RpcError)],
        }
        from health in new[] { null, Trouble }
        select Well with
        {
            Calls = calls,
            Health = health,
            Pace = TimeSpan.FromSeconds(pace),
            List = new ListSighting
            {
                End = ListEnd.Whole,
                ToolCount = count,
                Faults = count == 0 ? [] : faults,
                Names = count == 0 ? new HashSet<string>() : new HashSet<string> { "a", "b", "x" },
            },
        };

    private static IEnumerable<ProbeOrder> Orders() =>
        from protection in Enum.GetValues<ProtectionExpectation>()
        from had in new[] { false, true }
        from tools in new string[][] { [], ["a"], ["z"] }
        select Order with
        {
            HadTools = had,
            Expectations = new Expectations { Protection = protection, Tools = tools },
        };
}
