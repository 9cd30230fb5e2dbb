using System.Text.Json.Nodes;

namespace AliveMcp.Demo;

/// <summary>A server that lets nobody in without a token and says politely how to get one (RFC 9728, RFC 8414).</summary>
internal static class SignInServer
{
    private const string ResourceMetadata = "/.well-known/oauth-protected-resource/mcp";

    public static void Map(WebApplication app)
    {
        app.MapPost("/mcp", RefuseAsync);
        app.MapGet(ResourceMetadata, context => Rpc.AnswerAsync(context, 200, Resource(Origin(context))));
        app.MapGet(
            "/.well-known/oauth-authorization-server",
            context => Rpc.AnswerAsync(context, 200, Issuer(Origin(context)))
        );
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate =
            $"Bearer resource_metadata=\"{Origin(context)}{ResourceMetadata}\", scope=\"books:read\"";
        return Rpc.AnswerAsync(context, 401, new JsonObject { ["error"] = "invalid_token" });
    }

    private static JsonObject Resource(string origin) =>
        new()
        {
            ["resource"] = $"{origin}/mcp",
            ["authorization_servers"] = new JsonArray(origin),
            ["scopes_supported"] = new JsonArray("books:read"),
            ["bearer_methods_supported"] = new JsonArray("header"),
        };

    private static JsonObject Issuer(string origin) =>
        new()
        {
            ["issuer"] = origin,
            ["authorization_endpoint"] = $"{origin}/authorize",
            ["token_endpoint"] = $"{origin}/token",
            ["response_types_supported"] = new JsonArray("code"),
            ["grant_types_supported"] = new JsonArray("authorization_code"),
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
        };

    private static string Origin(HttpContext context) => $"http://127.0.0.1:{context.Connection.LocalPort}";
}
