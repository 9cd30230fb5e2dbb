using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AliveMcp.Contracts;
using AliveMcp.Egress;
using AliveMcp.Probing;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using ModelContextProtocol.Client;

namespace AliveMcp.Bench.ProbeCost;

/// <summary>The probe, the official SDK, and the parts that the probe's cost is made of.</summary>
internal static class Contenders
{
    private const string Initialize = """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}
        """;

    private const string Initialized = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";

    private const string ToolsList = """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";

    /// <summary>The whole probe, the server's era and contract remembered as in service.</summary>
    public static Task<Contender> ProbeAsync(Uri target) => ProbeAsync("our probe", target, Target.Tools);

    /// <summary>The whole probe of the server with the long list.</summary>
    public static Task<Contender> LongProbeAsync(Uri target) =>
        ProbeAsync("our probe, 76 KB list", new Uri(target, Target.LongPath), Target.LongTools);

    private static async Task<Contender> ProbeAsync(string name, Uri target, int tools)
    {
        var guard = new EgressGuard(new EgressOptions { Allow = [$"127.0.0.1/32:{target.Port}"] });
        var probe = new ServerProbe(guard, TimeProvider.System);
        var order = new ProbeOrder
        {
            Url = target,
            Era = Era.Initialize,
            Transport = McpTransport.Http,
        };
        var first = await probe.ProbeAsync(order, CancellationToken.None);
        var known = order with { KnownContract = first.Observed.FullHash };
        return new Contender(
            name,
            async () =>
            {
                var result = await probe.ProbeAsync(known, CancellationToken.None);
                Demand(
                    result.Attempt.State == ServerState.Live && result.Observed.ToolCount == tools,
                    result.Attempt.Detail
                );
            }
        );
    }

    /// <summary>The official SDK as it comes: connect, list, dispose. It finds the era out anew each time.</summary>
    public static Contender Sdk(Uri target) =>
        Sdk("official SDK client", new HttpClientTransportOptions { Endpoint = target }, new McpClientOptions());

    /// <summary>The official SDK spared all it can be spared: transport and revision are told, no stream is opened.</summary>
    public static Contender SparedSdk(Uri target) =>
        Sdk(
            "official SDK client, spared",
            new HttpClientTransportOptions
            {
                Endpoint = target,
                TransportMode = HttpTransportMode.StreamableHttp,
                EnableStandaloneGetStream = false,
            },
            new McpClientOptions { ProtocolVersion = "2025-11-25" }
        );

    private static Contender Sdk(string name, HttpClientTransportOptions where, McpClientOptions how) =>
        new(
            name,
            async () =>
            {
                await using var transport = new HttpClientTransport(
                    where,
                    new HttpClient(new SocketsHttpHandler()),
                    ownsHttpClient: true
                );
                await using var client = await McpClient.CreateAsync(transport, how);
                var tools = await client.ListToolsAsync();
                Demand(tools.Count == Target.Tools, "The SDK saw another list.");
            }
        );

    /// <summary>The same three exchanges with a fresh platform handler, and nothing done with the answers.</summary>
    public static Contender Exchanges(Uri target) =>
        new(
            "three bare exchanges",
            async () =>
            {
                using var client = new HttpClient(new SocketsHttpHandler());
                foreach (var body in new[] { Initialize, Initialized, ToolsList })
                {
                    using var answer = await SendAsync(client, target, body);
                    await answer.Content.ReadAsByteArrayAsync();
                }
            }
        );

    /// <summary>Parsing and both hashes of the list, no network.</summary>
    public static async Task<Contender> HashesAsync(Uri target)
    {
        using var client = new HttpClient(new SocketsHttpHandler());
        using var answer = await SendAsync(client, target, ToolsList);
        var body = await answer.Content.ReadAsByteArrayAsync();
        return new Contender(
            "list parsed and hashed twice",
            () =>
            {
                using var list = JsonDocument.Parse(body);
                var tools = list.RootElement.GetProperty("result").GetProperty("tools").EnumerateArray().ToArray();
                Demand(ContractHasher.Hash(tools).ToolCount == Target.Tools, "The hasher saw another list.");
                return Task.CompletedTask;
            }
        );
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, Uri target, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var answer = await client.SendAsync(request);
        Demand(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted, "The target did not answer.");
        return answer;
    }

    private static void Demand(bool holds, string? otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise ?? "The target was not seen as it is.");
        }
    }
}
