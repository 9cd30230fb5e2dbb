using AliveMcp.Testing.Zoo;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests.Zoo;

/// <summary>What people met in the field, thread by thread, and what we say of it. The animals themselves are probed by <see cref="WireZooTests"/>.</summary>
public sealed class CatalogueTests
{
    public static TheoryData<int, string, string, string?, string?> Rows =>
        new()
        {
            { 1, "session lost, 404", "down", "session_lost", "rpc" },
            { 1, "session lost, 400", "down", "session_lost", "rpc" },
            { 2, "session lost, 503", "down", "session_lost", "rpc" },
            { 3, "session lost, 200 with an event", "down", "session_lost", "rpc" },
            { 4, "refuses initialize with a stale session", "live", null, null },
            { 5, "replicas without affinity", "down", "session_lost", "rpc" },
            { 6, "initialized with 200 null", "live", null, null },
            { 7, "initialized answers 204", "live", null, null },
            { 7, "initialized answers an empty chunked 200", "live", null, null },
            { 7, "initialized answers 202 and text", "live", null, null },
            { 8, "GET answers JSON", "live", null, null },
            { 9, "redirects 307 to http://internal:8080/mcp/", "down", "redirected", "http" },
            { 9, "redirects 301 to /mcp/", "down", "redirected", "http" },
            { 9, "https that redirects to http", "down", "redirected", "http" },
            { 9, "redirects inside its origin", "live", null, null },
            { 10, "421 invalid Host header", "down", "http_error", "http" },
            { 11, "status 406", "down", "http_error", "http" },
            { 12, "a schema without type", "degraded", "tools_malformed", "tools" },
            { 13, "a repeated cursor", "down", "tools_endless", "tools" },
            { 13, "a repeated page", "down", "tools_endless", "tools" },
            { 14, "an empty cursor", "live", null, null },
            { 15, "discover: invalid session id", "live", null, null },
            { 16, "discover hangs", "live", null, null },
            { 17, "initialize: 400 for our version", "down", "http_error", "http" },
            { 17, "initialize: -32602 for our version", "down", "handshake_error", "handshake" },
            { 17, "speaks 2024-11-05", "live", null, null },
            { 18, "the list's stream is empty", "down", "stream_ended", "rpc" },
            { 19, "id is always 0", "down", "envelope_invalid", "rpc" },
            { 20, "legacy stream cut before the answer", "down", "stream_ended", "rpc" },
            { 21, "524 of a gateway, a page", "down", "http_error", "http" },
            { 22, "bot wall", "unknown", "bot_challenge", "blind" },
            { 23, "DELETE refused", "live", null, null },
            { 23, "a session with every answer", "live", null, null },
            { 24, "401, bare", "degraded", "auth_required_bare", "auth" },
            { 25, "401 with somebody else's metadata", "degraded", "auth_required_bare", "auth" },
            { 26, "legacy endpoint /nowhere", "down", "http_not_found", "http" },
            { 26, "legacy endpoint http://127.0.0.2:9/messages", "down", "redirected", "http" },
            { 27, "legacy endpoint without its event name", "down", "not_json_rpc", "rpc" },
            { 28, "pings within the list's stream", "live", null, null },
            { 29, "a cold start", "degraded", "slow", "slow" },
            { 30, "another order of tools each time", "live", null, null },
            { 31, "a gateway that buffers streams", "live", null, null },
            { 31, "a gateway that buffers an endless stream", "down", "timeout", "handshake" },
            { 32, "415 to POST, 405 to GET", "down", "http_error", "http" },
            { 33, "healthy, discover era", "live", null, null },
            { 33, "healthy, discover era, event streams", "live", null, null },
            { 34, "the tool reports an error", "degraded", "test_call_is_error", "test_call" },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_thread_has_its_animal_and_its_verdict(
        int row,
        string name,
        string state,
        string? reason,
        string? layer
    )
    {
        var animal = Assert.Single(WireZoo.All, animal => animal.Name == name);

        Assert.InRange(row, 1, 34);
        Assert.Equal((state, reason, layer), (StateWords.Word(animal.State), WhyWords.Word(animal.Why), animal.Layer));
    }

    [Fact]
    public void No_thread_is_left_out() =>
        Assert.Equal(Enumerable.Range(1, 34), Rows.Select(row => row.Data.Item1).Distinct());

    [Fact]
    public async Task Another_order_of_tools_is_no_other_contract()
    {
        var animal = WireZoo.All.Single(animal => animal.Name == "another order of tools each time");
        await using var cage = await animal.ReleaseAsync();

        var once = await Probes.ProbeAsync(Probes.Order(cage.Url));
        var twice = await Probes.ProbeAsync(Probes.Order(cage.Url));

        Assert.NotNull(once.Observed.FullHash);
        Assert.Equal(once.Observed.FullHash, twice.Observed.FullHash);
    }
}
