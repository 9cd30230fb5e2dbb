using System.Collections.Frozen;
using static AliveMcp.Vocabulary.FailureLayer;
using static AliveMcp.Vocabulary.ServerState;

namespace AliveMcp.Vocabulary;

/// <summary>The one table of reasons: their stable public word, the layer they belong to and the outcome they lead to.</summary>
public static class WhyWords
{
    private sealed record Row(string Word, FailureLayer Layer, ServerState Outcome, string Sentence);

    private static readonly FrozenDictionary<Why, Row> Rows = new Dictionary<Why, Row>
    {
        [Why.DnsNotFound] = new("dns_not_found", Dns, Down, "The host name does not exist."),
        [Why.DnsFailed] = new("dns_failed", Dns, Down, "The host name could not be resolved."),
        [Why.ConnectionRefused] = new("connection_refused", Connect, Down, "Nothing listens at this address."),
        [Why.ConnectionReset] = new("connection_reset", Connect, Down, "The connection was closed in our face."),
        [Why.ConnectTimeout] = new("connect_timeout", Connect, Down, "No answer to a connection attempt."),
        [Why.AddressNotAllowed] = new(
            "address_not_allowed",
            Connect,
            Down,
            "The name leads to an address that must not be dialled."
        ),
        [Why.TlsExpired] = new("tls_expired", Tls, Down, "The certificate has expired."),
        [Why.TlsUntrusted] = new("tls_untrusted", Tls, Down, "The certificate's chain is not trusted."),
        [Why.TlsNameMismatch] = new("tls_name_mismatch", Tls, Down, "The certificate is for another name."),
        [Why.TlsFailed] = new("tls_failed", Tls, Down, "The TLS handshake failed."),
        [Why.HttpNotFound] = new("http_not_found", Http, Down, "There is no MCP endpoint at this URL."),
        [Why.HttpMethod] = new("http_method", Http, Down, "The endpoint does not take POST."),
        [Why.HttpError] = new("http_error", Http, Down, "The server answers with an HTTP error."),
        [Why.Redirected] = new("redirected", Http, Down, "The URL redirects somewhere an agent would not follow."),
        [Why.ResponseTooLarge] = new("response_too_large", Http, Down, "The answer is larger than we accept."),
        [Why.HttpMalformed] = new("http_malformed", Http, Down, "The answer is not valid HTTP."),
        [Why.RateLimited] = new("rate_limited", Blind, Unknown, "The server asks us to come less often."),
        [Why.BotChallenge] = new("bot_challenge", Blind, Unknown, "A bot wall stands in front of the server."),
        [Why.NoRoute] = new("no_route", Blind, Unknown, "We have no route to the server."),
        [Why.NotJsonRpc] = new("not_json_rpc", Rpc, Down, "The answer is not JSON-RPC."),
        [Why.MalformedJson] = new("malformed_json", Rpc, Down, "The answer is not valid JSON."),
        [Why.EnvelopeInvalid] = new("envelope_invalid", Rpc, Down, "The answer breaks the JSON-RPC envelope."),
        [Why.StreamEnded] = new("stream_ended", Rpc, Down, "The stream ended before the answer came."),
        [Why.SessionLost] = new("session_lost", Rpc, Down, "The server forgot the session it had just given us."),
        [Why.HandshakeError] = new("handshake_error", Handshake, Down, "The handshake was answered with an error."),
        [Why.HandshakeIncomplete] = new(
            "handshake_incomplete",
            Handshake,
            Down,
            "The handshake's answer lacks what the protocol requires."
        ),
        [Why.VersionUnsupported] = new("version_unsupported", Handshake, Down, "No common protocol version."),
        [Why.EraBroken] = new(
            "era_broken",
            Handshake,
            Degraded,
            "One of the two protocol eras that it spoke no longer answers."
        ),
        [Why.ToolsError] = new("tools_error", Tools, Down, "The tool list was answered with an error."),
        [Why.ToolsMalformed] = new(
            "tools_malformed",
            Tools,
            Degraded,
            "The tool list breaks the protocol; clients drop it."
        ),
        [Why.ToolsEmpty] = new("tools_empty", Tools, Down, "The tool list is empty though it had tools."),
        [Why.ToolsEndless] = new("tools_endless", Tools, Down, "The tool list's pages never end."),
        [Why.ListOverLimit] = new("list_over_limit", Tools, Degraded, "The tool list is larger than we accept."),
        [Why.ListIncomplete] = new("list_incomplete", Tools, Down, "The tool list did not arrive whole in its time."),
        [Why.AuthRequired] = new("auth_required", Auth, Degraded, "The server now asks to sign in."),
        [Why.AuthRequiredBare] = new(
            "auth_required_bare",
            Auth,
            Degraded,
            "The server refuses without saying how to sign in."
        ),
        [Why.AuthForbidden] = new("auth_forbidden", Auth, Degraded, "The server forbids access."),
        [Why.LoginRedirect] = new("login_redirect", Auth, Degraded, "The server redirects to a login page."),
        [Why.AuthDiscoveryBroken] = new("auth_discovery_broken", Auth, Degraded, "The sign-in metadata is broken."),
        [Why.DoorOpen] = new("door_open", Auth, Degraded, "The server answers strangers though it should not."),
        [Why.CredentialRejected] = new("credential_rejected", Auth, Unknown, "Our credential was refused."),
        [Why.TokenUnavailable] = new("token_unavailable", Auth, Unknown, "No access token could be had."),
        [Why.Timeout] = new("timeout", Time, Down, "The server did not answer in time."),
        [Why.Slow] = new("slow", Slow, Degraded, "Handshake and tool list took too long."),
        [Why.ToolMissing] = new("tool_missing", Expectation, Down, "An expected tool is not in the list."),
        [Why.TestCallError] = new("test_call_error", TestCall, Degraded, "The test call was answered with an error."),
        [Why.TestCallIsError] = new(
            "test_call_is_error",
            TestCall,
            Degraded,
            "The test call's tool reported an error."
        ),
        [Why.TestCallNeedsInput] = new(
            "test_call_needs_input",
            TestCall,
            Degraded,
            "The test call asks for more input."
        ),
        [Why.TestCallAssertion] = new(
            "test_call_assertion",
            TestCall,
            Degraded,
            "The test call's answer lacks what was expected."
        ),
        [Why.HealthDown] = new("health_down", Health, Degraded, "The health URL reports a failure."),
        [Why.HealthDegraded] = new("health_degraded", Health, Degraded, "The health URL reports trouble."),
        [Why.SchemaDrift] = new("schema_drift", Contract, Live, "The contract changed."),
        [Why.Regional] = new("regional", Minute, Degraded, "Some regions cannot reach it, others can."),
        [Why.Unconfirmed] = new("unconfirmed", Minute, Degraded, "One region saw a failure that no other confirmed."),
        [Why.AuthInconsistent] = new(
            "auth_inconsistent",
            Minute,
            Degraded,
            "Regions are treated differently at the door."
        ),
        [Why.NobodyLooked] = new("nobody_looked", Ours, Unknown, "No region reported in time."),
        [Why.ProberUnfit] = new("prober_unfit", Ours, Unknown, "Our prober was not fit to judge."),
        [Why.HostBusy] = new("host_busy", Ours, Unknown, "Too many of our probes were queued for this host."),
        [Why.RegionInDoubt] = new("region_in_doubt", Ours, Unknown, "The region's own network is in doubt."),
        [Why.CellKilled] = new("cell_killed", Ours, Unknown, "Our process that looked was ended before it could tell."),
        [Why.TenantThrottled] = new(
            "tenant_throttled",
            Ours,
            Unknown,
            "Looked at less often: our processes for this tenant had to be killed."
        ),
        [Why.CellBusy] = new("cell_busy", Ours, Unknown, "No process of ours was free to look in time."),
        [Why.WatchDeclined] = new("watch_declined", Ours, Unknown, "Its owner asked us not to watch it."),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Why> ByWord = Rows.ToFrozenDictionary(
        row => row.Value.Word,
        row => row.Key
    );

    /// <summary>The stable public word, for example <c>connection_refused</c>; null for <see cref="Why.None"/>.</summary>
    public static string? Word(Why why) => Rows.GetValueOrDefault(why)?.Word;

    /// <summary>One sentence for people; null for <see cref="Why.None"/>.</summary>
    public static string? Sentence(Why why) => Rows.GetValueOrDefault(why)?.Sentence;

    /// <summary>What the reason leads to when nothing about the probe says otherwise.</summary>
    public static ServerState Outcome(Why why) => Rows.GetValueOrDefault(why)?.Outcome ?? ServerState.Live;

    /// <summary>The layer's public word; a time-out belongs to the layer it struck in. Null for <see cref="Why.None"/>.</summary>
    public static string? Layer(Why why, ProbeStep? failedAt)
    {
        var layer = LayerOf(why, failedAt);
        return layer switch
        {
            FailureLayer.None => null,
            FailureLayer.TestCall => "test_call",
            _ => layer.ToString().ToLowerInvariant(),
        };
    }

    /// <inheritdoc cref="Layer"/>
    public static FailureLayer LayerOf(Why why, ProbeStep? failedAt) =>
        (why, failedAt) switch
        {
            (Why.Timeout, ProbeStep.Resolve) => FailureLayer.Dns,
            (Why.Timeout, ProbeStep.Connect) => FailureLayer.Connect,
            (Why.Timeout, ProbeStep.Tls) => FailureLayer.Tls,
            (Why.Timeout, ProbeStep.Discover or ProbeStep.Initialize or ProbeStep.Initialized) =>
                FailureLayer.Handshake,
            (Why.Timeout, ProbeStep.ToolsList) => FailureLayer.Tools,
            (Why.Timeout, ProbeStep.TestCall) => FailureLayer.TestCall,
            (Why.Timeout, ProbeStep.Health) => FailureLayer.Health,
            (Why.Timeout, ProbeStep.Gate or ProbeStep.SignIn or ProbeStep.Token) => FailureLayer.Auth,
            _ => Rows.GetValueOrDefault(why)?.Layer ?? FailureLayer.None,
        };

    public static bool TryParse(string? word, out Why why) => ByWord.TryGetValue(word ?? "", out why);
}
