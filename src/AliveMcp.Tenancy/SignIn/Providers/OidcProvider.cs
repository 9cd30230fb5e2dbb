using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>Authorization code with PKCE at any OpenID Connect provider; who came is what its id_token says, nothing else.</summary>
internal sealed class OidcProvider(
    string key,
    OidcOptions options,
    bool openRegistration,
    ProviderHttp http,
    TimeProvider clock
) : IProvider
{
    private const int MostGroups = 500;

    private readonly OidcFacts _facts = new(options.Issuer!, http, clock);

    public string Key { get; } = key;

    public string DisplayName { get; } = options.DisplayName ?? key;

    public bool OpenRegistration { get; } = openRegistration;

    public async Task<Uri> BeginAsync(Pkce secrets, string state, Uri callback, CancellationToken cancellationToken)
    {
        var document = await _facts.DocumentAsync(cancellationToken);
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = options.ClientId,
            ["redirect_uri"] = callback.AbsoluteUri,
            ["scope"] = options.Scopes,
            ["state"] = state,
            ["nonce"] = secrets.Nonce,
            ["code_challenge"] = secrets.Challenge,
            ["code_challenge_method"] = "S256",
        };
        return new Uri(QueryHelpers.AddQueryString(document.Authorize.AbsoluteUri, query));
    }

    public async Task<ProviderUser> FinishAsync(
        Pkce secrets,
        string code,
        Uri callback,
        CancellationToken cancellationToken
    )
    {
        var document = await _facts.DocumentAsync(cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, document.Token);
        request.Content = new FormUrlEncodedContent(Form(document, secrets, code, callback));
        if (document.TakesBasic && options.ClientSecret is { } secret)
        {
            // RFC 6749, 2.3.1: both are form-encoded first.
            var pair = $"{Uri.EscapeDataString(options.ClientId!)}:{Uri.EscapeDataString(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))
            );
        }

        var answer = await http.SendAsync(request, cancellationToken);
        var text = answer.ValueKind == JsonValueKind.Object ? Text(answer, "id_token") : null;
        var token = IdToken.Read(text ?? throw new ProviderFaultException("The provider sent no id_token."));
        token.CheckSignature(await _facts.KeysAsync(token.KeyId, cancellationToken));
        token.CheckClaims(options.Issuer!, options.ClientId!, secrets.Nonce, clock.GetUtcNow());
        return UserOf(token.Claims);
    }

    private Dictionary<string, string> Form(OidcDocument document, Pkce secrets, string code, Uri callback)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = callback.AbsoluteUri,
            ["code_verifier"] = secrets.Verifier,
        };
        if (options.ClientSecret is null || !document.TakesBasic)
        {
            form["client_id"] = options.ClientId!;
        }

        if (options.ClientSecret is { } secret && !document.TakesBasic)
        {
            form["client_secret"] = secret;
        }

        return form;
    }

    private ProviderUser UserOf(JsonElement claims)
    {
        var isVerified =
            options.TrustsEmail
            && claims.TryGetProperty("email_verified", out var verified)
            && verified.ValueKind == JsonValueKind.True;
        return new ProviderUser(
            options.Issuer!,
            Text(claims, "sub")!,
            isVerified && EmailAddress.TryParse(Text(claims, "email"), out var email) ? email : null,
            Text(claims, "name") ?? "",
            GroupsOf(claims)
        );
    }

    private IReadOnlyList<string> GroupsOf(JsonElement claims) =>
        claims.TryGetProperty(options.GroupsClaim, out var groups)
            ? groups.ValueKind switch
            {
                JsonValueKind.String => [groups.GetString()!],
                JsonValueKind.Array =>
                [
                    .. groups
                        .EnumerateArray()
                        .Where(group => group.ValueKind == JsonValueKind.String)
                        .Take(MostGroups)
                        .Select(group => group.GetString()!),
                ],
                _ => [],
            }
            : [];

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
