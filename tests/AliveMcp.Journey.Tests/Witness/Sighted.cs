using System.Text.Json;
using AliveMcp.Egress;
using AliveMcp.Probing;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using ModelContextProtocol.Client;

namespace AliveMcp.Journey.Tests.Witness;

/// <summary>What our probe saw of one real server in each era, and what the official SDK saw of the same process.</summary>
internal sealed record Sighted
{
    // How fast a stranger's server starts on a busy machine is not the question.
    private static readonly ProbeLimits Patient = new()
    {
        Total = TimeSpan.FromSeconds(30),
        Discover = TimeSpan.FromSeconds(10),
        ToolsList = TimeSpan.FromSeconds(25),
        SlowAfter = TimeSpan.FromSeconds(30),
        Goodbye = TimeSpan.FromSeconds(10),
    };

    /// <summary>With the era to be found out.</summary>
    public required ProbeResult Auto { get; init; }

    /// <summary>With the era remembered as the older one, and the other one looked at behind it.</summary>
    public required ProbeResult Older { get; init; }

    /// <summary>The media type of the answer to <c>initialize</c>.</summary>
    public required string? Framing { get; init; }

    public required string? WitnessProtocol { get; init; }

    public required IReadOnlyList<string> WitnessTools { get; init; }

    public static async Task<Sighted> SeeAsync(RealServerRecipe recipe, CancellationToken cancellationToken)
    {
        await using var server = await RealServer.StartAsync(recipe, cancellationToken);
        var transcript = new Transcript();
        var auto = await ProbeAsync(server.Url, recipe, null, cancellationToken);
        var older = await ProbeAsync(server.Url, recipe, transcript, cancellationToken);
        var (protocol, tools) = await WitnessAsync(server.Url, recipe, cancellationToken);
        return new Sighted
        {
            Auto = auto,
            Older = older,
            Framing = FramingOf(transcript),
            WitnessProtocol = protocol,
            WitnessTools = tools,
        };
    }

    /// <summary>The names of the list that a probe hashed, in order.</summary>
    public static IReadOnlyList<string> NamesOf(ProbeResult result)
    {
        using var contract = JsonDocument.Parse(result.Contract!.Canonical);
        return
        [
            .. contract
                .RootElement.GetProperty("tools")
                .EnumerateArray()
                .Select(tool => tool.GetProperty("name").GetString()!)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static Task<ProbeResult> ProbeAsync(
        Uri url,
        RealServerRecipe recipe,
        Transcript? transcript,
        CancellationToken cancellationToken
    )
    {
        var guard = new EgressGuard(new EgressOptions { Allow = [$"127.0.0.1/32:{url.Port}"] });
        var order = new ProbeOrder
        {
            Url = url,
            Limits = Patient,
            Credential = recipe.Credential,
            Era = transcript is null ? Era.Auto : Era.Initialize,
            OtherLeg = transcript is null ? OtherLeg.Skip : OtherLeg.Look,
        };
        return new ServerProbe(guard, TimeProvider.System).ProbeAsync(order, transcript, cancellationToken);
    }

    private static string? FramingOf(Transcript transcript) =>
        transcript
            .Exchanges.Where(exchange => exchange is { Step: ProbeStep.Initialize, Status: 200 })
            .SelectMany(exchange => exchange.ResponseHeaders)
            .FirstOrDefault(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            ?.Value.Split(';')[0];

    private static async Task<(string? Protocol, IReadOnlyList<string> Tools)> WitnessAsync(
        Uri url,
        RealServerRecipe recipe,
        CancellationToken cancellationToken
    )
    {
        var options = new HttpClientTransportOptions { Endpoint = url, EnableStandaloneGetStream = false };
        if (recipe.Credential is { } key)
        {
            options.AdditionalHeaders = new Dictionary<string, string>
            {
                [key.HeaderName ?? "Authorization"] = key.HeaderName is null ? $"Bearer {key.Secret}" : key.Secret,
            };
        }

        await using var transport = new HttpClientTransport(options);
        await using var client = await McpClient.CreateAsync(transport, cancellationToken: cancellationToken);
        var tools = await client.ListToolsAsync(cancellationToken: cancellationToken);
        return (client.NegotiatedProtocolVersion, [.. tools.Select(tool => tool.Name).Order(StringComparer.Ordinal)]);
    }
}
