using AliveMcp.Contracts;
using AliveMcp.Probing.Transports;

namespace AliveMcp.Probing.Credentials;

/// <summary>
/// What a server publishes about its own door (RFC 9728): which resource it is, and who issues tokens for it.
/// Named by the refusal itself, else at its well-known places, the one with the endpoint's path first.
/// </summary>
internal sealed record ProtectedResource
{
    private const string WellKnown = "/.well-known/oauth-protected-resource";
    private const string RootServer = "/.well-known/oauth-authorization-server";

    /// <summary>Where it was found.</summary>
    public required Uri Url { get; init; }

    /// <summary>Expected beside actual, with the URL; null when it can be used.</summary>
    public string? Break { get; init; }

    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Reads the document that a refusal names, or looks for one; null when there is none, which is no fault.</summary>
    public static async ValueTask<ProtectedResource?> FindAsync(Wire wire, Uri endpoint, string? named)
    {
        if (named is not null)
        {
            return await ReadNamedAsync(wire, endpoint, named);
        }

        foreach (var place in Places(endpoint))
        {
            var metadata = await Metadata.FetchAsync(wire, place);
            if (IsOne(metadata))
            {
                return Read(metadata, endpoint);
            }
        }

        return null;
    }

    /// <summary>
    /// Whether the server is its own authorization server, as in 2025-03-26: metadata of RFC 8414 at the root of the origin, for that origin.
    /// Gives the metadata; null when there is none.
    /// </summary>
    public static async ValueTask<Metadata?> FindOwnServerAsync(Wire wire, Uri endpoint)
    {
        var metadata = await Metadata.FetchAsync(wire, new Uri(endpoint, RootServer));
        return
            metadata.Instead is null
            && Json.Text(metadata.Root, "issuer")?.TrimEnd('/') == endpoint.GetLeftPart(UriPartial.Authority)
            && Json.Text(metadata.Root, "token_endpoint") is not null
            ? metadata
            : null;
    }

    private static async ValueTask<ProtectedResource> ReadNamedAsync(Wire wire, Uri endpoint, string named)
    {
        if (!WebAddress.TryRead(named, out var url))
        {
            return new ProtectedResource
            {
                Url = endpoint,
                Break = $"expected resource_metadata to be an https URL, got '{named}'",
            };
        }

        var metadata = await Metadata.FetchAsync(wire, url);
        return metadata.IsOurs ? new ProtectedResource { Url = url }
            : metadata.Instead is { } instead
                ? new ProtectedResource
                {
                    Url = url,
                    Break = $"expected protected resource metadata at {url}, got {instead}",
                }
            : Read(metadata, endpoint);
    }

    private static IEnumerable<Uri> Places(Uri endpoint)
    {
        var path = endpoint.AbsolutePath.TrimEnd('/');
        yield return new Uri(endpoint, WellKnown + path);
        if (path.Length > 0)
        {
            yield return new Uri(endpoint, WellKnown);
        }
    }

    // Many servers answer every path with their front page or a catch-all of JSON: that is not a broken document but none.
    private static bool IsOne(Metadata metadata) =>
        metadata.Instead is null
        && (
            JsonMembers.TryFind(metadata.Root, "resource", out _)
            || JsonMembers.TryFind(metadata.Root, "authorization_servers", out _)
        );

    private static ProtectedResource Read(Metadata metadata, Uri endpoint)
    {
        var resource = Json.Text(metadata.Root, "resource");
        var servers = Json.Texts(metadata.Root, "authorization_servers");
        return new ProtectedResource
        {
            Url = metadata.Url,
            Servers = servers,
            Break =
                !IsSame(resource, endpoint)
                    ? $"expected resource '{endpoint.GetLeftPart(UriPartial.Path)}' in {metadata.Url}, got {Quoted(resource)}"
                : servers.Count == 0 ? $"expected an authorization server in {metadata.Url}, got none"
                : null,
        };
    }

    // RFC 9728, section 3.3. A slash at the end and the case of the host tell no two resources apart.
    private static bool IsSame(string? resource, Uri endpoint) =>
        Uri.TryCreate(resource, UriKind.Absolute, out var url)
        && Redirects.IsSameOrigin(url, endpoint)
        && string.Equals(url.AbsolutePath.TrimEnd('/'), endpoint.AbsolutePath.TrimEnd('/'), StringComparison.Ordinal);

    private static string Quoted(string? text) => text is null ? "none" : $"'{text}'";
}
