using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Testing.Zoo;

public static partial class WireZoo
{
    private static Uri Anywhere => new("https://mcp.example/mcp");

    private static IEnumerable<Animal> Connections() =>
        [
            Resolving(
                "no such name",
                Why.DnsNotFound,
                (_, _) => throw new SocketException((int)SocketError.HostNotFound)
            ),
            Resolving(
                "a name without an address",
                Why.DnsNotFound,
                (_, _) => throw new SocketException((int)SocketError.NoData)
            ),
            Resolving(
                "a resolver that fails",
                Why.DnsFailed,
                (_, _) => throw new SocketException((int)SocketError.NoRecovery)
            ),
            Waiting(
                Resolving(
                    "a resolver that is silent",
                    Why.Timeout,
                    async (_, stop) =>
                    {
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
                        return [];
                    }
                )
            ),
            Resolving(
                "a fault of our own",
                Why.ProberUnfit,
                (_, _) => throw new InvalidOperationException("a bug")
            ) with
            {
                State = ServerState.Unknown,
                FailedAt = null,
            },
            Resolving(
                "a name that leads to a metadata address",
                Why.AddressNotAllowed,
                (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("169.254.169.254")])
            ) with
            {
                FailedAt = ProbeStep.Connect,
            },
        ];

    private static IEnumerable<Animal> Dials() =>
        [
            At("nothing listens", Why.ConnectionRefused, RawServer.Nobody),
            // The kernel has no route for a connection to the broadcast address, on any machine.
            At("no route", Why.NoRoute, () => new Uri("http://255.255.255.255:9/mcp")) with
            {
                State = ServerState.Unknown,
                Allow = ["255.255.255.255/32:*"],
            },
            At("a private address", Why.AddressNotAllowed, () => new Uri("http://10.1.2.3/mcp")),
            At("loopback that nobody opened", Why.AddressNotAllowed, RawServer.Nobody) with
            {
                Allow = [],
            },
            Waiting(
                Raw("a backlog that is full", Why.ConnectTimeout, ProbeStep.Connect, RawServer.Silent) with
                {
                    ReleaseAsync = FullAsync,
                }
            ),
        ];

    private static IEnumerable<Animal> OddWords() =>
        [
            Raw("resets every request", Why.ConnectionReset, ProbeStep.Initialize, RawServer.Resetting),
            Saying("speaks SSH", Why.HttpMalformed, "SSH-2.0-OpenSSH_9.2p1\r\n"),
            Saying("a status that is no number", Why.HttpMalformed, "HTTP/1.1 2x0 OK\r\n\r\n"),
            Saying(
                "broken chunks",
                Why.HttpMalformed,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
            ),
            Saying(
                "ends within a chunk",
                Why.StreamEnded,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"js"
            ),
            Saying("ends within its headers", Why.ConnectionReset, "HTTP/1.1 200 OK\r\nContent-Type: appl"),
            Saying("hangs up", Why.ConnectionReset, ""),
            Raw("hints and trailers", Why.None, ProbeStep.None, RawSpecimens.HintsAndTrails),
            Raw(
                "nothing but HTTP/2 on a plain port",
                Why.ConnectionReset,
                ProbeStep.Initialize,
                RawSpecimens.OnlyHttp2
            ),
            Waiting(Raw("takes connections and says nothing", Why.Timeout, ProbeStep.Initialize, RawServer.Silent)),
            Waiting(Raw("headers that never end", Why.Timeout, ProbeStep.Initialize, RawSpecimens.DripsHeaders)),
            Waiting(Raw("a body that never ends", Why.Timeout, ProbeStep.Initialize, RawSpecimens.DripsBody)),
            Waiting(Raw("hints without an answer", Why.Timeout, ProbeStep.Initialize, RawSpecimens.HintsForEver)),
        ];

    private static IEnumerable<Animal> Certificates() =>
        [
            Tls("a good certificate", Why.None, static root => Issue(root)),
            Tls("a good certificate, HTTP/2 alone", Why.None, static root => Issue(root), onlyHttp2: true),
            Tls("an expired certificate", Why.TlsExpired, static root => Issue(root, from: -400, to: -2)),
            Tls("a certificate before its time", Why.TlsExpired, static root => Issue(root, from: 2, to: 300)),
            Tls("a certificate for another name", Why.TlsNameMismatch, static root => Issue(root, "other.example")),
            Tls("a self-signed certificate", Why.TlsUntrusted, static _ => Issue(null)),
            Tls(
                "a root that nobody knows",
                Why.TlsUntrusted,
                static _ =>
                {
                    using var stranger = TestCertificates.Root("Stranger");
                    return Issue(stranger);
                }
            ),
            Tls(
                "a missing intermediate",
                Why.TlsUntrusted,
                static root =>
                {
                    using var between = Issue(root, "Between", authority: true);
                    return Issue(between, from: -90, to: 90);
                }
            ),
            Live(Specimens.Healthy) with
            {
                Name = "https to a plain port",
                State = ServerState.Down,
                Why = Why.TlsFailed,
                FailedAt = ProbeStep.Tls,
                Order = order => order with { Url = new UriBuilder(order.Url) { Scheme = "https" }.Uri },
            },
            Waiting(
                Raw("silence in the TLS handshake", Why.Timeout, ProbeStep.Tls, RawServer.Silent)
                    .Ordering(order => order with { Url = new UriBuilder(order.Url) { Scheme = "https" }.Uri })
            ),
            Tls(
                "https that redirects to http",
                Why.Redirected,
                static root => Issue(root),
                specimen: Specimens.Redirects(307, "http://localhost:8080/mcp/")
            ) with
            {
                FailedAt = ProbeStep.Initialize,
            },
        ];

    private static Animal Resolving(string name, Why why, Func<string, CancellationToken, Task<IPAddress[]>> resolve) =>
        At(name, why, () => Anywhere) with
        {
            FailedAt = ProbeStep.Resolve,
            Resolve = resolve,
        };

    private static Animal At(string name, Why why, Func<Uri> url) =>
        new()
        {
            Name = name,
            State = ServerState.Down,
            Why = why,
            FailedAt = ProbeStep.Connect,
            ReleaseAsync = () => Task.FromResult(new Cage(url())),
        };

    private static Animal Saying(string name, Why why, string text) =>
        Raw(name, why, ProbeStep.Initialize, () => RawServer.Saying(text));

    private static Animal Tls(
        string name,
        Why why,
        Func<X509Certificate2, X509Certificate2> issue,
        bool onlyHttp2 = false,
        Specimen? specimen = null
    ) =>
        new()
        {
            Name = name,
            State = WhyWords.Outcome(why),
            Why = why,
            FailedAt = why == Why.None ? null : ProbeStep.Tls,
            Resolve = static (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
            ReleaseAsync = async () =>
            {
                var root = TestCertificates.Root("Zoo Root");
                var server = await FakeMcpServer.StartAsync(specimen ?? Specimens.Healthy, issue(root), onlyHttp2);
                return new Cage(server.Url, server, root);
            },
        };

    private static X509Certificate2 Issue(
        X509Certificate2? issuer,
        string name = "localhost",
        int from = -100,
        int to = 300,
        bool authority = false
    ) =>
        TestCertificates.Leaf(
            issuer,
            name,
            TestCertificates.Now.AddDays(from),
            TestCertificates.Now.AddDays(to),
            authority
        );

    // A listener whose queue is taken: further connections get no answer at all.
    private static async Task<Cage> FullAsync()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(listener.LocalEndPoint!);
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        return new Cage(new UriBuilder("http", "127.0.0.1", port, "/mcp").Uri, new Held(listener, first));
    }

    private sealed class Held(params IDisposable[] held) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            Array.ForEach(held, one => one.Dispose());
            return ValueTask.CompletedTask;
        }
    }
}
