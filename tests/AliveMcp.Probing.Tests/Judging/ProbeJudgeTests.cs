using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using static AliveMcp.Probing.Tests.Judging.SeenServers;

namespace AliveMcp.Probing.Tests.Judging;

public sealed class ProbeJudgeTests
{
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

    private static Sighting Stopped(WireFault fault, int? status = null) => new() { Stop = Stop(fault, status) };
}
