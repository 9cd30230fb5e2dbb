using System.Text.Json;

namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>What a provider says of itself (OpenID Connect Discovery 1.0).</summary>
/// <param name="Authorize">Where browsers go.</param>
/// <param name="Token">Where codes are exchanged.</param>
/// <param name="Keys">Where its signing keys are.</param>
/// <param name="TakesBasic">Whether our secret goes into the Authorization header; else into the body.</param>
internal sealed record OidcDocument(Uri Authorize, Uri Token, Uri Keys, bool TakesBasic)
{
    private const string Path = "/.well-known/openid-configuration";

    public static Uri UriOf(string issuer) => new(issuer.TrimEnd('/') + Path);

    /// <exception cref="ProviderFaultException">It speaks for another issuer, or leaves out what we need.</exception>
    public static OidcDocument Read(JsonElement document, string issuer)
    {
        if (document.ValueKind != JsonValueKind.Object || Text(document, "issuer") != issuer)
        {
            throw new ProviderFaultException(
                $"{UriOf(issuer)} speaks for another issuer: the setting must spell it exactly as the document does."
            );
        }

        return new OidcDocument(
            Endpoint(document, "authorization_endpoint", issuer),
            Endpoint(document, "token_endpoint", issuer),
            Endpoint(document, "jwks_uri", issuer),
            IsListed(document, "token_endpoint_auth_methods_supported", "client_secret_basic")
        );
    }

    /// <summary>An issuer that is reached by TLS sends nobody to a place that is not.</summary>
    private static Uri Endpoint(JsonElement document, string name, string issuer) =>
        Uri.TryCreate(Text(document, name), UriKind.Absolute, out var uri)
        && uri.Scheme is "https" or "http"
        && (uri.Scheme == "https" || issuer.StartsWith("http:", StringComparison.Ordinal))
            ? uri
            : throw new ProviderFaultException($"{UriOf(issuer)} has no good {name}.");

    /// <summary>Absent means that the default holds, which is Basic.</summary>
    private static bool IsListed(JsonElement document, string name, string word) =>
        !document.TryGetProperty(name, out var list)
        || list.ValueKind != JsonValueKind.Array
        || list.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == word);

    private static string? Text(JsonElement document, string name) =>
        document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
