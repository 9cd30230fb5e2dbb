namespace AliveMcp.Testing.Wire;

public static partial class Specimens
{
    /// <summary>401 that says how to sign in.</summary>
    public static Specimen AsksToSignIn { get; } =
        Healthy
            .Named("401, polite")
            .On(
                "*",
                call =>
                    RefuseAsync(
                        call,
                        "Bearer resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource\""
                    )
            );

    public static Specimen RefusesBarely { get; } = Healthy.Named("401, bare").On("*", call => RefuseAsync(call, null));

    public static Specimen Forbids { get; } = Status(403).Named("403");

    /// <summary>401 without a header, but with the metadata of RFC 9728 where it belongs.</summary>
    public static Specimen RefusesWithMetadata { get; } =
        Metadata("401 with metadata", call => call.Server.Url.AbsoluteUri);

    /// <summary>As <see cref="RefusesWithMetadata"/>, for another resource.</summary>
    public static Specimen RefusesWithOthersMetadata { get; } =
        Metadata("401 with somebody else's metadata", _ => "https://elsewhere.example/mcp");

    /// <summary>Lets strangers shake hands, but not list.</summary>
    public static Specimen AsksAtTheList { get; } =
        Healthy.Named("401 at the list").On("tools/list", call => RefuseAsync(call, "Bearer"));

    private static Specimen Metadata(string name, Func<FakeCall, string> resource) =>
        Healthy
            .Named(name)
            .On(
                "*",
                call =>
                    call.Seen is { Method: "GET", Path: "/.well-known/oauth-protected-resource/mcp" }
                        ? call.BodyAsync(
                            200,
                            "application/json",
                            $$"""{"resource":"{{resource(call)}}","authorization_servers":["https://sign-in.example"]}"""
                        )
                        : RefuseAsync(call, null)
            );

    private static Task RefuseAsync(FakeCall call, string? challenge)
    {
        if (challenge is not null)
        {
            call.Http.Response.Headers.WWWAuthenticate = challenge;
        }

        return call.BodyAsync(401, "application/json", """{"error":"unauthorized"}""");
    }
}
