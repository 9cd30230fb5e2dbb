using AliveMcp.Probing.Steps;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Credentials;

/// <summary>
/// Follows the way that a door tells strangers to sign in: protected resource metadata, then that of an authorization server.
/// Nothing found here is ever used with a credential; it is compared with what the owner configured.
/// </summary>
internal sealed class SignIn(Wire wire, Uri endpoint, ProbeCredential? credential, Logbook log)
{
    // A list longer than this is not walked to its end for one that works.
    private const int MostServers = 2;

    /// <summary>Walks the whole chain.</summary>
    /// <param name="challenge">The refusal's <c>WWW-Authenticate</c>; null when it had none.</param>
    public async ValueTask<SignInSighting> WalkAsync(string? challenge)
    {
        var named = Challenge.Parameter(challenge, "resource_metadata");
        var resource = await ProtectedResource.FindAsync(wire, endpoint, named);
        if (resource is null)
        {
            return await OwnServerAsync();
        }

        if (resource.Break is not null)
        {
            return new SignInSighting { Break = resource.Break };
        }

        var servers = Chosen(resource);
        AuthorizationServer? broken = null;
        foreach (var issuer in servers)
        {
            var server = await AuthorizationServer.FindAsync(wire, issuer);
            if (server.Break is null)
            {
                CompareEndpoint(server.TokenEndpoint);
                return SignInSighting.Whole;
            }

            broken ??= server;
        }

        return broken is null ? SignInSighting.Whole : new SignInSighting { Break = broken.Break };
    }

    /// <summary>Only whether there is a way in at all: what makes a refusal without a header polite.</summary>
    public async ValueTask<SignInSighting> GlanceAsync()
    {
        var resource = await ProtectedResource.FindAsync(wire, endpoint, named: null);
        return resource is null ? await OwnServerAsync() : new SignInSighting { IsDescribed = resource.Break is null };
    }

    private async ValueTask<SignInSighting> OwnServerAsync()
    {
        if (await ProtectedResource.FindOwnServerAsync(wire, endpoint) is not { } metadata)
        {
            return new SignInSighting();
        }

        log.Find(
            "interop",
            "resource_metadata_missing",
            $"sign-in is described as in 2025-03-26 only, at {metadata.Url}; newer clients look for protected resource metadata"
        );
        CompareEndpoint(Json.Text(metadata.Root, "token_endpoint"));
        return SignInSighting.Whole;
    }

    /// <summary>The owner's authorization server if it is among those named, else the first ones.</summary>
    private IEnumerable<string> Chosen(ProtectedResource resource)
    {
        if (credential?.Issuer is not { } issuer)
        {
            return resource.Servers.Take(MostServers);
        }

        var own = resource.Servers.Where(server => IsSame(server, issuer)).Take(1).ToList();
        if (own.Count > 0)
        {
            return own;
        }

        log.Find(
            "credential",
            "issuer_differs",
            $"expected authorization server '{issuer.OriginalString}' in {resource.Url}, got '{string.Join("', '", resource.Servers.Take(3))}'"
        );
        return resource.Servers.Take(MostServers);
    }

    private void CompareEndpoint(string? discovered)
    {
        if (credential?.TokenEndpoint is { } configured && discovered is not null && !IsSame(discovered, configured))
        {
            log.Find(
                "credential",
                "token_endpoint_differs",
                $"expected token endpoint '{configured.GetLeftPart(UriPartial.Path)}', the server's metadata names '{discovered}'; the configured one is used"
            );
        }
    }

    private static bool IsSame(string one, Uri other) =>
        Uri.TryCreate(one, UriKind.Absolute, out var url)
        && string.Equals(url.AbsoluteUri.TrimEnd('/'), other.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal);
}

/// <summary>What the way to sign in was found to be.</summary>
internal sealed record SignInSighting
{
    public static SignInSighting Whole { get; } = new() { IsDescribed = true };

    /// <summary>There is a way in that a client can find and use, as far as it was followed.</summary>
    public bool IsDescribed { get; init; }

    /// <summary>Where the way breaks off, expected beside actual; null when it does not, or none is described.</summary>
    public string? Break { get; init; }
}
