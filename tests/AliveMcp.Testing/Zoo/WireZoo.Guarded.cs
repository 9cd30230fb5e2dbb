using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Testing.Zoo;

/// <summary>Servers that are visited with a credential, and ways to sign in that lead nowhere.</summary>
public static partial class WireZoo
{
    private static readonly ProbeCredential Key = new()
    {
        Kind = CredentialKind.Bearer,
        Identity = "zoo-key",
        Secret = "the-key-of-the-zoo",
    };

    private static IEnumerable<Animal> Guarded() =>
        [
            Shown(Live(Guard("lets the key in", HasKey))),
            Shown(Unknown(Why.CredentialRejected, ProbeStep.Discover, Guard("refuses the key", _ => false))),
            Shown(
                Degraded(Why.DoorOpen, ProbeStep.Gate, Specimens.HealthyWithSessions) with
                {
                    Name = "lets strangers in where a key is shown",
                }
            ),
            Shown(
                Degraded(
                    Why.AuthDiscoveryBroken,
                    ProbeStep.SignIn,
                    Guard("lets the key in and describes another resource", HasKey)
                        .Describing(_ =>
                            """{"resource":"https://other.example","authorization_servers":["https://a.example"]}"""
                        )
                )
            ),
            SignedIn("a token lets in", ServerState.Live, Why.None, null, issuer => issuer, lets: true),
            SignedIn(
                "takes the secret in the body alone",
                ServerState.Live,
                Why.None,
                null,
                issuer => issuer.TakesSecretsInTheBodyOnly(),
                lets: true
            ),
            SignedIn(
                "refuses a fresh token",
                ServerState.Down,
                Why.CredentialRejected,
                ProbeStep.Discover,
                issuer => issuer,
                lets: false
            ),
            SignedIn(
                "gives no token",
                ServerState.Unknown,
                Why.TokenUnavailable,
                ProbeStep.Token,
                issuer => issuer.RefusesEverybody(),
                lets: true
            ),
        ];

    private static IEnumerable<Animal> WaysIn() =>
        [
            Described("401 with a whole way in", Why.None, issuer => issuer),
            Described(
                "401 with an issuer by another name",
                Why.AuthDiscoveryBroken,
                issuer => issuer.Says("issuer", "https://a.example")
            ),
            Described(
                "401 with an issuer without metadata",
                Why.AuthDiscoveryBroken,
                issuer => issuer.PublishesNothing()
            ),
            Described(
                "401 with an issuer without token endpoint",
                Why.AuthDiscoveryBroken,
                issuer => issuer.Says("token_endpoint", null)
            ),
            Described(
                "401 with an issuer that redirects inside",
                Why.AuthDiscoveryBroken,
                issuer =>
                    issuer.PublishesInstead(call =>
                    {
                        call.Http.Response.Headers.Location = "http://169.254.169.254/latest/meta-data";
                        return call.StatusAsync(302);
                    })
            ),
            Broken("401 that names a metadata address", "https://169.254.169.254/latest/meta-data"),
            Broken("401 that names a private address", "https://10.1.2.3/metadata"),
            Broken("401 that names a file", "file:///etc/passwd"),
        ];

    private static Animal Shown(Animal animal) =>
        animal.Ordering(order => Unhurried(order) with { Credential = Key, LooksAtGate = true });

    private static Animal Broken(string name, string place) =>
        Degraded(
                Why.AuthDiscoveryBroken,
                ProbeStep.SignIn,
                Specimens.Guarded(_ => false, $"Bearer resource_metadata=\"{place}\"").Named(name)
            )
            .Ordering(order => Unhurried(order) with { LooksAtGate = true });

    private static Animal Described(
        string name,
        Why why,
        Func<FakeAuthorizationServer, FakeAuthorizationServer> change
    ) =>
        new()
        {
            Name = name,
            State = WhyWords.Outcome(why),
            Why = why,
            FailedAt = why == Why.None ? null : ProbeStep.SignIn,
            Order = order => Unhurried(order) with { LooksAtGate = true },
            ReleaseAsync = async () =>
            {
                var issuer = change(await FakeAuthorizationServer.StartAsync());
                return await ReleaseAsync(
                    Guard(name, _ => false).Describing(Specimens.Resource(issuer.Issuer)),
                    issuer
                );
            },
        };

    private static Animal SignedIn(
        string name,
        ServerState state,
        Why why,
        ProbeStep? at,
        Func<FakeAuthorizationServer, FakeAuthorizationServer> change,
        bool lets
    )
    {
        var issuer = change(FakeAuthorizationServer.Lodger());
        var guard = Guard(name, seen => lets && issuer.Accepts(seen.Header("Authorization")));
        var lodging = guard.On(
            "*",
            call => call.Seen.Path == "/token" ? issuer.AnswerAsync(call) : guard.Reactions["*"](call)
        );
        return Live(lodging) with
        {
            State = state,
            Why = why,
            FailedAt = at,
            Order = order =>
                Unhurried(order) with
                {
                    Credential = Key with
                    {
                        Kind = CredentialKind.ClientCredentials,
                        User = FakeAuthorizationServer.Client,
                        Secret = FakeAuthorizationServer.Secret,
                        TokenEndpoint = new Uri(order.Url, "/token"),
                    },
                },
        };
    }

    // What is beside the conversation gets a third of the whole, and a busy machine is slow.
    private static ProbeOrder Unhurried(ProbeOrder order) =>
        order with
        {
            Limits = order.Limits with { Total = TimeSpan.FromSeconds(30) },
        };

    private static Specimen Guard(string name, Func<SeenRequest, bool> lets) => Specimens.Guarded(lets).Named(name);

    private static bool HasKey(SeenRequest seen) => seen.Header("Authorization") == $"Bearer {Key.Secret}";

    private static async Task<Cage> ReleaseAsync(Specimen specimen, FakeAuthorizationServer issuer)
    {
        var server = await FakeMcpServer.StartAsync(specimen);
        return new Cage(server.Url, new Both(server, issuer));
    }

    private sealed class Both(IAsyncDisposable one, IAsyncDisposable other) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await one.DisposeAsync();
            await other.DisposeAsync();
        }
    }
}
