namespace AliveMcp.Testing.Wire;

/// <summary>Servers that let in who shows the right thing.</summary>
public static partial class Specimens
{
    private const string WellKnown = "/.well-known/oauth-protected-resource";

    /// <summary>A healthy server behind a door.</summary>
    /// <param name="lets">Whether a request is let in.</param>
    /// <param name="challenge">What strangers are told; null tells them nothing.</param>
    public static Specimen Guarded(Func<SeenRequest, bool> lets, string? challenge = "Bearer realm=\"mcp\"") =>
        HealthyWithSessions
            .Named("guarded")
            .On("*", call => lets(call.Seen) ? call.BehaveAsync() : RefuseAsync(call, challenge));

    /// <summary>This server, which also publishes what RFC 9728 asks for, below its path.</summary>
    /// <param name="metadata">The document; it is given the endpoint's URL.</param>
    /// <param name="place">Where; null is the well-known place of the endpoint's path.</param>
    public static Specimen Describing(this Specimen specimen, Func<Uri, string> metadata, string? place = null) =>
        specimen.Serving(
            place ?? WellKnown + specimen.Path,
            call => call.BodyAsync(200, "application/json", metadata(call.Server.Url))
        );

    /// <summary>This server, which answers one GET in its own way.</summary>
    public static Specimen Serving(this Specimen specimen, string path, Reaction reaction)
    {
        var others = specimen.Reactions["*"];
        return specimen.On(
            "*",
            call => call.Seen is { Method: "GET" } && call.Seen.Path == path ? reaction(call) : others(call)
        );
    }

    /// <summary>The usual document of RFC 9728.</summary>
    public static Func<Uri, string> Resource(params string[] servers) =>
        url =>
            $$"""{"resource":"{{url.AbsoluteUri}}","authorization_servers":[{{string.Join(',', servers.Select(server => $"\"{server}\""))}}]}""";

    /// <summary>This server, whose refusals name a path of its own as the place of its metadata.</summary>
    public static Specimen Naming(this Specimen specimen, string path)
    {
        var others = specimen.Reactions["*"];
        return specimen.On(
            "*",
            call =>
            {
                call.Http.Response.Headers.WWWAuthenticate =
                    $"Bearer realm=\"a \\\"b\\\", c\", resource_metadata=\"{new Uri(call.Server.Url, path)}\"";
                return call.Seen.Method == "GET" ? others(call) : call.BodyAsync(401, "text/plain", "no");
            }
        );
    }
}
