using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Files;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Servers.Acts;

/// <summary>What an owner expects of a server, as a thing of its own: the same settings, changed the same way.</summary>
internal static class ExpectationEndpoints
{
    private static readonly string[] Fields =
    [
        "expects",
        "expected_tools",
        "test_calls",
        "health",
        "timeout",
        "slow_after",
    ];

    public static void MapExpectations(this RouteGroupBuilder servers)
    {
        servers
            .MapGet("/{slug}/expectations", ReadAsync)
            .RequireAuthorization(Can.ReadServers)
            .WithName("get_expectations")
            .WithSummary("What is expected of an own server: protection, tools, test calls, a health URL, times.")
            .WithDescription("The ETag is that of the server.")
            .Produces<ServerExpectations>();
        servers
            .MapPut("/{slug}/expectations", ReplaceAsync)
            .RequireAuthorization(Can.WriteServers)
            .NeedingState()
            .WithName("replace_expectations")
            .WithSummary("Expects this of an own server, and nothing else.")
            .WithDescription("What the body leaves out is expected no more. Needs If-Match.")
            .Accepts<ServerExpectations>("application/json")
            .Produces<ServerExpectations>();
    }

    private static async Task<object> ReadAsync(
        string slug,
        OwnServers own,
        HttpContext http,
        CancellationToken cancellationToken
    ) =>
        await own.FindAsync(slug, cancellationToken) is { } server
            ? Answer(server, http)
            : ServerProblems.NotFound(slug);

    private static async Task<object> ReplaceAsync(
        string slug,
        ServerActs acts,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var body = await JsonBody.ReadAsync(http.Request, ServerActEndpoints.LargestBody, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems;
        }

        var fields = new BodyFields(json, Fields);
        if (fields.Problems.Count > 0)
        {
            return fields.Problems;
        }

        var wanted = (JsonObject)JsonNode.Parse(json.GetRawText())!;
        var changed = await acts.ChangeAsync(
            slug,
            settings => Replace(settings, wanted),
            Precondition.Of(http.Request),
            cancellationToken
        );
        return changed.TryGet(out var server) ? Answer(server, http) : changed.Problems;
    }

    private static JsonObject Replace(JsonObject settings, JsonObject wanted)
    {
        foreach (var field in Fields)
        {
            settings[field] = wanted[field]?.DeepClone();
        }

        return settings;
    }

    private static IResult Answer(SettledServer server, HttpContext http)
    {
        http.Response.Headers.ETag = server.Etag;
        return Results.Json(ServerExpectations.Of(server.Server.Settings!), ActsJson.Default.ServerExpectations);
    }
}

/// <summary>What is expected of a server.</summary>
internal sealed record ServerExpectations
{
    /// <summary><c>auto</c> (unless told), <c>open</c> or <c>protected</c>.</summary>
    public string? Expects { get; init; }

    public IReadOnlyList<string>? ExpectedTools { get; init; }

    public IReadOnlyList<CallSettings>? TestCalls { get; init; }

    public HealthSettings? Health { get; init; }

    /// <summary>For example <c>5s</c>.</summary>
    public string? Timeout { get; init; }

    /// <summary>For example <c>800ms</c>.</summary>
    public string? SlowAfter { get; init; }

    public static ServerExpectations Of(ServerSettings settings) =>
        new()
        {
            Expects = settings.Expects,
            ExpectedTools = settings.ExpectedTools,
            TestCalls = settings.TestCalls,
            Health = settings.Health,
            Timeout = settings.Timeout,
            SlowAfter = settings.SlowAfter,
        };
}

/// <summary>How this slice's answers are spelled.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ServerExpectations))]
[JsonSerializable(typeof(WindowPage))]
[JsonSerializable(typeof(PlannedWindow))]
[JsonSerializable(typeof(WindowSettings))]
[JsonSerializable(typeof(WideSettings))]
[JsonSerializable(typeof(ServerList))]
internal sealed partial class ActsJson : JsonSerializerContext;
