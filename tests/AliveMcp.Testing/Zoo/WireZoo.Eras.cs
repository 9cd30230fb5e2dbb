using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Testing.Zoo;

public static partial class WireZoo
{
    private static IEnumerable<Animal> Healthy() =>
        [
            Live(Specimens.Healthy),
            Live(Specimens.HealthyWithSessions),
            Live(Specimens.HealthySse),
            Live(Specimens.HealthySseLeftOpen),
            Live(Specimens.HealthyDiscover),
            Live(
                Specimens.HealthyDiscover with
                {
                    Name = "healthy, discover era, event streams",
                    Framing = Framing.Sse,
                }
            ),
            Live(Specimens.HealthyDual),
            Live(Specimens.HealthyLegacySse),
            Live(Specimens.NoTools),
            Live(Specimens.ShufflesTools),
        ];

    private static IEnumerable<Animal> Handshakes() =>
        [
            .. new[] { 400, 403, 404, 405, 406, 415, 422, 500, 502, 503 }.Select(status =>
                Live(Specimens.DiscoverStatus(status))
            ),
            Live(Specimens.DiscoverResets),
            Live(Specimens.DiscoverOdd200),
            Live(Specimens.DiscoverNotFound),
            Live(Specimens.DiscoverNamesOlder),
            Live(Specimens.DiscoverInvalidSession),
            Live(Specimens.DiscoverNewer),
            Down(Why.HandshakeError, ProbeStep.Discover, Specimens.DiscoverMismatch),
            Down(Why.HandshakeIncomplete, ProbeStep.Discover, Specimens.DiscoverIncomplete),
            Down(Why.ToolsError, ProbeStep.ToolsList, Specimens.LiesAboutItsEra),
            Degraded(
                    Why.EraBroken,
                    AtInitialize,
                    Specimens.InitializeLeg("is gone", call => call.ErrorAsync(-32601, "Method not found", 404))
                )
                .Ordering(order => order with { OtherLeg = OtherLeg.Expected }),
            Down(Why.HandshakeError, AtInitialize, Specimens.HandshakeError),
            Down(Why.HandshakeError, AtInitialize, Specimens.HandshakeError400),
            Down(Why.HandshakeError, AtInitialize, Specimens.VersionExactMatch),
            Down(Why.HttpError, AtInitialize, Specimens.VersionRefusedByHttp),
            Down(Why.HandshakeIncomplete, AtInitialize, Specimens.NoProtocolVersion),
            Down(Why.HandshakeIncomplete, AtInitialize, Specimens.NoCapabilities),
            Down(Why.HandshakeIncomplete, AtInitialize, Specimens.NoServerInfo),
            Down(Why.HandshakeIncomplete, AtInitialize, Specimens.NullResult),
            Live(Specimens.Speaks("2024-11-05")),
            Live(Specimens.Speaks("2025-06-18")),
            Live(Specimens.Speaks("2027-05-05")),
            Down(Why.VersionUnsupported, AtInitialize, Specimens.Speaks("1999-01-01")),
            Down(Why.VersionUnsupported, AtInitialize, Specimens.Speaks("latest")),
        ];

    private static IEnumerable<Animal> Acknowledgements() =>
        [
            Down(Why.HttpError, ProbeStep.Initialized, Specimens.InitializedRefused),
            Live(Specimens.InitializedWith200),
            Live(Specimens.InitializedAnswers("204", 204)),
            Live(Specimens.InitializedAnswers("200 and nothing", 200)),
            Live(Specimens.InitializedAnswers("202 and text", 202, "text/plain", "Accepted")),
            Live(
                Specimens.InitializedAnswers(
                    "an error with 200",
                    200,
                    "application/json",
                    """{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"x"}}"""
                )
            ),
            Live(Specimens.InitializedChunked),
            Live(Specimens.InitializedStreams),
            Degraded(Why.Slow, ProbeStep.ToolsList, Specimens.ColdStart(TimeSpan.FromSeconds(0.6)))
                .Ordering(order =>
                    order with
                    {
                        Era = Era.Initialize,
                        Limits = order.Limits with { SlowAfter = TimeSpan.FromSeconds(0.5) },
                    }
                ),
            Down(Why.HttpNotFound, AtInitialize, Specimens.LegacyEndpoint("/nowhere")).Ordering(BySse),
            Down(Why.Redirected, AtInitialize, Specimens.LegacyEndpoint("http://127.0.0.2:9/messages")).Ordering(BySse),
            Down(Why.Redirected, AtInitialize, Specimens.LegacyEndpoint("//elsewhere.invalid/messages"))
                .Ordering(BySse),
            Down(Why.NotJsonRpc, AtInitialize, Specimens.LegacyNamelessEndpoint).Ordering(BySse),
            Down(Why.StreamEnded, AtInitialize, Specimens.LegacyNoEndpoint).Ordering(BySse),
            Down(Why.StreamEnded, AtInitialize, Specimens.LegacyStreamCut).Ordering(BySse),
            Live(Specimens.LegacyRefusing(405, -32000)),
        ];

    private static IEnumerable<Animal> Sessions() =>
        [
            Down(Why.SessionLost, ProbeStep.ToolsList, Specimens.SessionLost404),
            Down(Why.SessionLost, ProbeStep.ToolsList, Specimens.SessionLost400),
            Down(Why.SessionLost, ProbeStep.ToolsList, Specimens.SessionLostText),
            Down(Why.SessionLost, ProbeStep.ToolsList, Specimens.SessionLost503),
            Down(Why.SessionLost, ProbeStep.ToolsList, Specimens.SessionLostInStream),
            Down(Why.SessionLost, ProbeStep.ToolsList, Specimens.SessionLost200),
            Down(Why.SessionLost, ProbeStep.ToolsList, Specimens.SessionLostNoId),
            Down(Why.SessionLost, ProbeStep.Initialized, Specimens.SessionLostAtInitialized),
            Down(Why.SessionLost, ProbeStep.Initialized, Specimens.NoAffinity),
            Down(Why.ToolsError, ProbeStep.ToolsList, Specimens.SessionPoolExhausted),
            Live(Specimens.HatesStaleSessions),
            Live(Specimens.SessionForDiscover),
            Live(Specimens.SessionEveryTime),
            Live(Specimens.SessionUnusable),
            Live(Specimens.DeleteNotAllowed),
        ];

    private static ProbeOrder BySse(ProbeOrder order) => order with { Transport = McpTransport.Sse };
}
