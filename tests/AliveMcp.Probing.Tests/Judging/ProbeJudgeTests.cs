using AliveMcp.Contracts;
using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests.Judging;

public sealed class ProbeJudgeTests
{
    private static readonly ProbeOrder Order = new() { Url = new Uri("https://mcp.example/mcp") };

    private static readonly Sighting Well = new()
    {
        OffersTools = true,
        List = new ListSighting { End = ListEnd.Whole, ToolCount = 3 },
    };

    [Theory]
    [InlineData(nameof(WireFault.NameNotFound), Why.DnsNotFound, "dns")]
    [InlineData(nameof(WireFault.NameFailed), Why.DnsFailed, "dns")]
    [InlineData(nameof(WireFault.AddressNotAllowed), Why.AddressNotAllowed, "connect")]
    [InlineData(nameof(WireFault.Refused), Why.ConnectionRefused, "connect")]
    [InlineData(nameof(WireFault.Reset), Why.ConnectionReset, "connect")]
    [InlineData(nameof(WireFault.ConnectTimeout), Why.ConnectTimeout, "connect")]
    [InlineData(nameof(WireFault.NoRoute), Why.NoRoute, "blind")]
    [InlineData(nameof(WireFault.Unfit), Why.ProberUnfit, "ours")]
    [InlineData(nameof(WireFault.CertificateExpired), Why.TlsExpired, "tls")]
    [InlineData(nameof(WireFault.CertificateUntrusted), Why.TlsUntrusted, "tls")]
    [InlineData(nameof(WireFault.CertificateNameMismatch), Why.TlsNameMismatch, "tls")]
    [InlineData(nameof(WireFault.TlsFailed), Why.TlsFailed, "tls")]
    [InlineData(nameof(WireFault.Redirected), Why.Redirected, "http")]
    [InlineData(nameof(WireFault.BodyTooLarge), Why.ResponseTooLarge, "http")]
    [InlineData(nameof(WireFault.Flood), Why.ResponseTooLarge, "http")]
    [InlineData(nameof(WireFault.HttpMalformed), Why.HttpMalformed, "http")]
    [InlineData(nameof(WireFault.NotJsonRpc), Why.NotJsonRpc, "rpc")]
    [InlineData(nameof(WireFault.MalformedJson), Why.MalformedJson, "rpc")]
    [InlineData(nameof(WireFault.TooDeep), Why.MalformedJson, "rpc")]
    [InlineData(nameof(WireFault.EnvelopeInvalid), Why.EnvelopeInvalid, "rpc")]
    [InlineData(nameof(WireFault.StreamEnded), Why.StreamEnded, "rpc")]
    [InlineData(nameof(WireFault.Incomplete), Why.HandshakeIncomplete, "handshake")]
    [InlineData(nameof(WireFault.VersionUnsupported), Why.VersionUnsupported, "handshake")]
    [InlineData(nameof(WireFault.RpcError), Why.HandshakeError, "handshake")]
    [InlineData(nameof(WireFault.Timeout), Why.Timeout, "handshake")]
    public void Every_fault_of_the_handshake_has_its_reason_and_layer(string fault, Why why, string layer)
    {
        var verdict = ProbeJudge.Judge(Stopped(Enum.Parse<WireFault>(fault)), Order);

        Assert.Equal((why, layer), (verdict.Why, WhyWords.Layer(verdict.Why, verdict.FailedAt)));
        Assert.Equal(WhyWords.Outcome(why), verdict.State);
    }

    [Theory]
    [InlineData(400, Why.HttpError)]
    [InlineData(404, Why.HttpNotFound)]
    [InlineData(405, Why.HttpMethod)]
    [InlineData(410, Why.HttpNotFound)]
    [InlineData(429, Why.RateLimited)]
    [InlineData(500, Why.HttpError)]
    [InlineData(503, Why.HttpError)]
    [InlineData(403, Why.AuthForbidden)]
    [InlineData(401, Why.AuthRequiredBare)]
    public void Every_status_has_its_reason(int status, Why why)
    {
        var verdict = ProbeJudge.Judge(Stopped(WireFault.HttpStatus, status), Order);

        Assert.Equal((why, status), (verdict.Why, verdict.HttpStatus));
    }

    [Theory]
    [InlineData(-32001, "Unauthorized: missing token", false, Why.None)]
    [InlineData(-32001, "Authentication required", false, Why.None)]
    [InlineData(-32001, "Your API key was not accepted", false, Why.None)]
    [InlineData(-32001, "access_token required", false, Why.None)]
    [InlineData(-32001, "Expired token", false, Why.None)]
    [InlineData(-32001, "Unexpected token < in JSON", false, Why.ToolsError)]
    [InlineData(-32001, "token limit exceeded", false, Why.ToolsError)]
    [InlineData(-32001, "author not found", false, Why.ToolsError)]
    [InlineData(-32001, "Unauthorized", true, Why.ToolsError)]
    [InlineData(-32001, "Session not found", false, Why.ToolsError)]
    [InlineData(-32001, null, false, Why.ToolsError)]
    [InlineData(-32603, "Unauthorized", false, Why.ToolsError)]
    public void The_ambiguous_code_counts_as_sign_in_only_by_its_words_and_without_a_session(
        int code,
        string? message,
        bool inSession,
        Why why
    )
    {
        var stop = Stop(WireFault.RpcError, 200) with
        {
            Step = ProbeStep.ToolsList,
            Error = new RpcError(code, message, []),
            InSession = inSession,
        };

        Assert.Equal(why, ProbeJudge.Judge(ListStopped(stop), Order).Why);
    }

    [Fact]
    public void A_well_server_is_live_to_its_tools()
    {
        var verdict = ProbeJudge.Judge(Well, Order);

        Assert.Equal((ServerState.Live, Why.None, Access.Open), (verdict.State, verdict.Why, verdict.Access));
        Assert.Equal(VerifiedTo.Tools, verdict.VerifiedTo);
    }

    [Fact]
    public void Tools_that_were_never_declared_are_missed_where_some_are_expected()
    {
        var without = new Sighting { OffersTools = false };

        Assert.Equal(ServerState.Live, ProbeJudge.Judge(without, Order).State);
        Assert.Equal(Why.ToolsEmpty, ProbeJudge.Judge(without, Order with { HadTools = true }).Why);
    }

    [Theory]
    [InlineData(true, 200, Why.Slow)]
    [InlineData(false, 200, Why.None)]
    public void Slow_begins_above_the_limit(bool above, int milliseconds, Why why)
    {
        var order = Order with { Limits = Order.Limits with { SlowAfter = TimeSpan.FromMilliseconds(milliseconds) } };
        var pace = TimeSpan.FromMilliseconds(milliseconds + (above ? 1 : 0));

        Assert.Equal(why, ProbeJudge.Judge(Well with { Pace = pace }, order).Why);
    }

    [Fact]
    public void A_verdict_is_whole_for_every_stop_that_can_be()
    {
        foreach (var stop in EveryStop.All())
        {
            foreach (
                var sighting in new[]
                {
                    new Sighting { Stop = stop },
                    ListStopped(stop),
                }
            )
            {
                var verdict = ProbeJudge.Judge(sighting, Order);

                Assert.NotEqual(Why.ProberUnfit, verdict.Why);
                Assert.Equal(verdict.State == ServerState.Live, verdict.Why == Why.None);
                Assert.Equal(verdict.Why == Why.None, verdict.FailedAt is null);
                Assert.Equal(
                    verdict.State == ServerState.Unknown,
                    WhyWords.LayerOf(verdict.Why, verdict.FailedAt) == FailureLayer.Blind
                        || verdict.Why is Why.CredentialRejected or Why.TokenUnavailable
                );
            }
        }
    }

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

    [Fact]
    public void What_was_seen_counts_before_what_could_not_be_looked_at()
    {
        var blind = FailedCall(WireFault.HttpStatus) with { Stop = Stop(WireFault.HttpStatus, 429) };

        Assert.Equal(Why.RateLimited, ProbeJudge.Judge(Well with { Calls = [blind] }, Order).Why);
        Assert.Equal(Why.HealthDown, ProbeJudge.Judge(Well with { Calls = [blind], Health = Trouble }, Order).Why);
    }

    [Fact]
    public void The_first_failing_call_decides_unless_a_later_one_is_an_outage()
    {
        var first = FailedCall(WireFault.RpcError);
        var second = FailedCall(WireFault.Incomplete) with { Lacks = Why.TestCallIsError };

        Assert.Equal(Why.TestCallError, ProbeJudge.Judge(Well with { Calls = [first, second] }, Order).Why);
        var outage = ProbeJudge.Judge(Well with { Calls = [first, second with { FailureIsDown = true }] }, Order);
        Assert.Equal((ServerState.Down, Why.TestCallIsError), (outage.State, outage.Why));
    }

    [Fact]
    public void A_slow_server_whose_call_is_an_outage_is_down()
    {
        var call = FailedCall(WireFault.RpcError) with { FailureIsDown = true };
        var verdict = ProbeJudge.Judge(Well with { Pace = TimeSpan.FromSeconds(9), Calls = [call] }, Order);

        Assert.Equal((ServerState.Down, Why.TestCallError), (verdict.State, verdict.Why));
    }

    [Fact]
    public void A_call_that_was_not_made_changes_nothing_but_how_deep_we_saw()
    {
        var withheld = new CallSighting { Tool = "t", Withheld = "not called" };
        var verdict = ProbeJudge.Judge(Well with { Calls = [withheld] }, Order);

        Assert.Equal((ServerState.Live, VerifiedTo.Tools), (verdict.State, verdict.VerifiedTo));
    }

    [Fact]
    public void A_call_is_judged_whatever_it_was_stopped_by()
    {
        foreach (var stop in EveryStop.All())
        {
            var call = new CallSighting { Tool = "t", Stop = stop };
            var verdict = CallRules.Judge(call)!;
            var layer = WhyWords.LayerOf(verdict.Why, verdict.FailedAt);

            Assert.NotEqual(ServerState.Live, verdict.State);
            Assert.NotEqual(Why.None, verdict.Why);
            Assert.NotEqual(FailureLayer.Auth, layer);
            Assert.True(Rank(CallRules.Judge(call with { FailureIsDown = true })!.State) >= Rank(verdict.State));
            Assert.True(Rank(CallRules.Judge(call with { TimeIsUp = true })!.State) >= Rank(verdict.State));
        }
    }

    private static readonly HealthFault Trouble = new(Why.HealthDown, "expected HTTP 2xx, got HTTP 500", 500);

    private static CallSighting FailedCall(WireFault fault) =>
        new() { Tool = "t", Stop = Stop(fault, 200) with { Step = ProbeStep.TestCall } };

    private static IEnumerable<Sighting> Worsened(Sighting sighting)
    {
        yield return sighting with
        {
            Health = Trouble,
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

    private static IEnumerable<Sighting> Sightings() =>
        from faults in new ToolFault[][] { [], [new("x", "name_duplicate", "x")] }
        from pace in new[] { 0, 6 }
        from count in new[] { 0, 3 }
        from calls in new CallSighting[][]
        {
            [],
            [new() { Tool = "t" }],
            [new() { Tool = "t", Withheld = "not called" }],
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

    private static int Rank(ServerState state) =>
        state switch
        {
            ServerState.Live => 0,
            ServerState.Degraded => 1,
            _ => 2,
        };

    private static Sighting Stopped(WireFault fault, int? status = null) => new() { Stop = Stop(fault, status) };

    private static Sighting ListStopped(Stop stop) =>
        Well with
        {
            List = new ListSighting { End = ListEnd.Stopped, Stop = stop with { Step = ProbeStep.ToolsList } },
        };

    private static Stop Stop(WireFault fault, int? status) =>
        new()
        {
            Step = ProbeStep.Initialize,
            Fault = fault,
            Status = status,
        };
}
