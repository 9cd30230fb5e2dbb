using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests.Judging;

public sealed class DoorRulesTests
{
    private static readonly ProbeOrder Order = new() { Url = new Uri("https://mcp.example/mcp") };

    [Fact]
    public void A_verdict_is_whole_whatever_was_shown_and_whatever_strangers_were_told()
    {
        foreach (var (stop, gate) in Refusals())
        {
            foreach (var sighting in new[] { Stopped(stop, gate), AtList(stop, gate) })
            {
                var verdict = ProbeJudge.Judge(sighting, Order);

                Assert.NotEqual(Why.ProberUnfit, verdict.Why);
                Assert.Equal(verdict.State == ServerState.Live, verdict.Why == Why.None);
                Assert.Equal(verdict.Why == Why.None, verdict.FailedAt is null);
            }
        }
    }

    [Fact]
    public void A_refusal_never_makes_a_guest_down_but_with_a_fresh_token()
    {
        foreach (var (stop, gate) in Refusals().Where(seen => seen.Stop.Status is 401 or 403))
        {
            var verdict = ProbeJudge.Judge(Stopped(stop, gate), Order);

            Assert.True(verdict.State != ServerState.Down || stop.Key == KeyStanding.FreshToken, verdict.ToString());
        }
    }

    [Fact]
    public void An_open_door_is_told_whenever_the_answer_is_no_outage()
    {
        foreach (var (stop, _) in Refusals().Where(seen => seen.Stop is { Status: 401, Key: not KeyStanding.None }))
        {
            var verdict = ProbeJudge.Judge(Stopped(stop, new GateSighting { Access = Access.Open }), Order);

            Assert.Equal((ServerState.Degraded, Why.DoorOpen), (verdict.State, verdict.Why));
        }
    }

    [Theory]
    [InlineData(KeyStanding.Static, ServerState.Unknown)]
    [InlineData(KeyStanding.Withheld, ServerState.Unknown)]
    [InlineData(KeyStanding.CachedToken, ServerState.Unknown)]
    [InlineData(KeyStanding.FreshToken, ServerState.Down)]
    internal void Who_is_blamed_for_a_refusal_hangs_on_what_was_shown(KeyStanding key, ServerState state)
    {
        var verdict = ProbeJudge.Judge(Stopped(Refusal(401, key), null), Order);

        Assert.Equal(
            (state, Why.CredentialRejected, Access.Protected, VerifiedTo.Gate),
            (verdict.State, verdict.Why, verdict.Access, verdict.VerifiedTo)
        );
    }

    [Fact]
    public void An_outage_behind_an_open_door_is_the_outage()
    {
        var sighting = Stopped(Refusal(500, KeyStanding.Static), new GateSighting { Access = Access.Open });

        var verdict = ProbeJudge.Judge(sighting, Order);

        Assert.Equal((ServerState.Down, Why.HttpError), (verdict.State, verdict.Why));
    }

    private static IEnumerable<(Stop Stop, GateSighting? Gate)> Refusals() =>
        from key in Enum.GetValues<KeyStanding>()
        from status in new[] { 200, 302, 401, 403, 404, 500 }
        from challenge in new[]
        {
            null,
            "Bearer",
            "Bearer error=\"insufficient_scope\"",
            "Bearer error=\"invalid_token\"",
        }
        from access in new Access?[] { null, Access.Unknown, Access.Open, Access.Protected, Access.Misconfigured }
        from signInBreak in new[] { null, "broken" }
        select (
            Refusal(status, key) with
            {
                Signs = new HttpSigns { Challenge = challenge },
                SignInBreak = signInBreak,
            },
            access is { } told ? new GateSighting { Access = told, SignInBreak = signInBreak } : null
        );

    private static Stop Refusal(int status, KeyStanding key) =>
        new()
        {
            Step = ProbeStep.Initialize,
            Fault = WireFault.HttpStatus,
            Status = status,
            Key = key,
        };

    private static Sighting Stopped(Stop stop, GateSighting? gate) =>
        new()
        {
            Stop = stop,
            Gate = gate,
            HasCredential = stop.Key is not (KeyStanding.None or KeyStanding.Withheld),
        };

    private static Sighting AtList(Stop stop, GateSighting? gate) =>
        Stopped(stop, gate) with
        {
            Stop = null,
            OffersTools = true,
            List = new ListSighting { End = ListEnd.Stopped, Stop = stop },
        };
}
