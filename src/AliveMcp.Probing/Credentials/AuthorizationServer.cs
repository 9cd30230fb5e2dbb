using AliveMcp.Probing.Transports;

namespace AliveMcp.Probing.Credentials;

/// <summary>Metadata of an authorization server (RFC 8414, OpenID Connect Discovery), at the places where clients of MCP look for it.</summary>
internal sealed record AuthorizationServer
{
    private const string OAuth = "/.well-known/oauth-authorization-server";
    private const string OpenId = "/.well-known/openid-configuration";

    /// <summary>Expected beside actual, with the URL; null when it can be used.</summary>
    public string? Break { get; init; }

    public string? TokenEndpoint { get; init; }

    /// <param name="issuer">As the protected resource names it.</param>
    public static async ValueTask<AuthorizationServer> FindAsync(Wire wire, string issuer)
    {
        if (!WebAddress.TryRead(issuer, out var url) || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            return Broken($"expected the issuer to be an https URL without query and fragment, got '{issuer}'");
        }

        Metadata? first = null;
        foreach (var place in Places(url))
        {
            var metadata = await Metadata.FetchAsync(wire, place);
            if (metadata.Instead is null)
            {
                return Read(metadata, issuer);
            }

            first ??= metadata;
        }

        return first!.IsOurs
            ? new AuthorizationServer()
            : Broken(
                $"expected authorization server metadata at {first.Url}, got {first.Instead}, and none at its other places"
            );
    }

    /// <summary>The well-known places, in the order in which a client tries them.</summary>
    public static IEnumerable<Uri> Places(Uri issuer)
    {
        var path = issuer.AbsolutePath.TrimEnd('/');
        yield return new Uri(issuer, OAuth + path);
        yield return new Uri(issuer, OpenId + path);
        if (path.Length > 0)
        {
            // Joined as text: a path that begins with two slashes would be taken for another host.
            yield return new Uri(issuer.GetLeftPart(UriPartial.Authority) + path + OpenId);
        }
    }

    // RFC 8414, section 3.3: identical, or somebody else's metadata would be taken for this one's.
    private static AuthorizationServer Read(Metadata metadata, string issuer)
    {
        var named = Json.Text(metadata.Root, "issuer");
        if (!string.Equals(named, issuer, StringComparison.Ordinal))
        {
            return Broken(
                $"expected issuer '{issuer}' in {metadata.Url}, got {(named is null ? "none" : $"'{named}'")}"
            );
        }

        var endpoint = Json.Text(metadata.Root, "token_endpoint");
        return endpoint is null ? Broken($"expected a token_endpoint in {metadata.Url}, got none")
            : WebAddress.TryRead(endpoint, out _) ? new AuthorizationServer { TokenEndpoint = endpoint }
            : Broken($"expected an https token_endpoint in {metadata.Url}, got '{endpoint}'");
    }

    private static AuthorizationServer Broken(string text) => new() { Break = text };
}
