using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Testing.Zoo;

public static partial class WireZoo
{
    private const ProbeStep AtInitialize = ProbeStep.Initialize;

    private static IEnumerable<Animal> Http() =>
        [
            Down(Why.NotJsonRpc, AtInitialize, Specimens.Html200),
            Down(Why.NotJsonRpc, AtInitialize, Specimens.Empty200),
            Down(Why.NotJsonRpc, AtInitialize, Specimens.Accepts202),
            Down(Why.NotJsonRpc, AtInitialize, Specimens.NoContent204),
            Down(Why.NotJsonRpc, AtInitialize, Specimens.JsonAsText),
            Down(Why.NotJsonRpc, AtInitialize, Specimens.NoContentType),
            .. new[] { 400, 406, 415, 418, 500, 502, 503, 504 }.Select(status =>
                Down(Why.HttpError, AtInitialize, Specimens.Status(status))
            ),
            Down(Why.HttpNotFound, AtInitialize, Specimens.Status(404)),
            Down(Why.HttpNotFound, AtInitialize, Specimens.Status(410)),
            Down(Why.HttpMethod, AtInitialize, Specimens.Status(405)),
            Down(
                Why.HttpError,
                AtInitialize,
                Specimens.Status(421, "text/plain", "Invalid Host header").Named("421 invalid Host header")
            ),
            Down(Why.HttpError, AtInitialize, Specimens.Status(524).Named("524 of a gateway, a page")),
            Down(Why.HttpError, AtInitialize, Specimens.MediaTypeBehindMethod),
            Down(Why.Redirected, AtInitialize, Specimens.Redirects(302, "/elsewhere")),
            Down(Why.Redirected, AtInitialize, Specimens.Redirects(301, "/mcp/")),
            Down(Why.Redirected, AtInitialize, Specimens.Redirects(307, "http://internal:8080/mcp/")),
            Down(Why.Redirected, AtInitialize, Specimens.Redirects(308, "http://169.254.169.254/latest")),
            Down(Why.Redirected, AtInitialize, Specimens.Redirects(307, "http://127.0.0.1:9/mcp")),
            Down(Why.Redirected, AtInitialize, Specimens.Redirects(307, "/mcp")) with
            {
                Name = "redirects to itself",
            },
            Live(Specimens.RedirectsWithin),
            Live(Specimens.GetAnswersJson),
            Live(Specimens.Compressed("gzip")),
            Live(Specimens.Compressed("br")),
            Down(Why.ResponseTooLarge, AtInitialize, Specimens.HugeBody),
            Down(Why.ResponseTooLarge, AtInitialize, Specimens.EndlessBody),
            Down(Why.ResponseTooLarge, AtInitialize, Specimens.GzipBomb),
            Down(Why.ResponseTooLarge, AtInitialize, Specimens.BrotliBomb),
            Down(Why.ResponseTooLarge, AtInitialize, Specimens.HeaderFlood),
            Down(Why.HttpMalformed, AtInitialize, Specimens.UnaskedEncoding),
            Down(Why.HttpMalformed, AtInitialize, Specimens.BrokenGzip),
            Down(Why.HttpMalformed, AtInitialize, Specimens.BrokenBrotli),
            Down(Why.ConnectionReset, AtInitialize, Specimens.Resets),
            Down(Why.StreamEnded, AtInitialize, Specimens.Truncates),
        ];

    private static IEnumerable<Animal> Walls() =>
        [
            Unknown(Why.RateLimited, ProbeStep.Discover, Specimens.AsksLessOften),
            Unknown(Why.BotChallenge, AtInitialize, Specimens.BotWall),
            Unknown(Why.BotChallenge, AtInitialize, Specimens.BotWall200),
            Unknown(Why.BotChallenge, AtInitialize, Specimens.DataDomeChallenge),
            Unknown(Why.BotChallenge, AtInitialize, Specimens.CaptchaWith405),
            Degraded(Why.AuthForbidden, AtInitialize, Specimens.ForbiddenBehindDataDome),
        ];

    private static IEnumerable<Animal> Doors() =>
        [
            Live(Specimens.AsksToSignIn),
            Degraded(Why.AuthRequired, ProbeStep.Discover, Specimens.AsksToSignIn) with
            {
                Name = "401 where the door was open",
                Order = Expecting(ProtectionExpectation.Open),
            },
            Degraded(Why.AuthRequiredBare, ProbeStep.Discover, Specimens.RefusesBarely),
            Live(Specimens.RefusesWithMetadata),
            Degraded(Why.AuthRequiredBare, ProbeStep.Discover, Specimens.RefusesWithOthersMetadata),
            Degraded(Why.AuthForbidden, AtInitialize, Specimens.Forbids),
            Degraded(Why.LoginRedirect, AtInitialize, Specimens.Redirects(302, "https://id.example/login?next=1")),
            Degraded(Why.DoorOpen, ProbeStep.ToolsList, Specimens.Healthy) with
            {
                Name = "open where it should be shut",
                Order = Expecting(ProtectionExpectation.Protected),
            },
            Live(Specimens.AsksAtTheList),
            Live(Specimens.ListUnauthorized),
            Live(Specimens.ChallengesWhileOpen),
            Down(Why.ToolsError, ProbeStep.ToolsList, Specimens.InvalidTokenInJson),
        ];

    private static Func<ProbeOrder, ProbeOrder> Expecting(ProtectionExpectation protection) =>
        order => order with { Expectations = new Expectations { Protection = protection } };
}
