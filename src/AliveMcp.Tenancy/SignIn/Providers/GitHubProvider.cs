using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>
/// GitHub's OAuth: it has no id_token, so its API is asked, once, with a token that is thrown away. The number stands for the person; logins
/// are given to others.
/// </summary>
internal sealed class GitHubProvider(GitHubOptions options, bool openRegistration, ProviderHttp http) : IProvider
{
    public string Key => "github";

    public string DisplayName => "GitHub";

    public bool OpenRegistration { get; } = openRegistration;

    public Task<Uri> BeginAsync(Pkce secrets, string state, Uri callback, CancellationToken cancellationToken)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = options.ClientId,
            ["redirect_uri"] = callback.AbsoluteUri,
            ["scope"] = "read:user user:email",
            ["state"] = state,
            ["code_challenge"] = secrets.Challenge,
            ["code_challenge_method"] = "S256",
        };
        return Task.FromResult(
            new Uri(QueryHelpers.AddQueryString(At(options.Url, "/login/oauth/authorize").AbsoluteUri, query))
        );
    }

    public async Task<ProviderUser> FinishAsync(
        Pkce secrets,
        string code,
        Uri callback,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, At(options.Url, "/login/oauth/access_token"));
        request.Content = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["client_id"] = options.ClientId!,
                ["client_secret"] = options.ClientSecret!,
                ["code"] = code,
                ["redirect_uri"] = callback.AbsoluteUri,
                ["code_verifier"] = secrets.Verifier,
            }
        );
        var answer = await http.SendAsync(request, cancellationToken);
        var token = Text(answer, "access_token") ?? throw new ProviderFaultException("GitHub gave no token.");
        var user = await AskAsync("/user", token, cancellationToken);
        var emails = await AskAsync("/user/emails", token, cancellationToken);
        var subject =
            user.ValueKind == JsonValueKind.Object
            && user.TryGetProperty("id", out var id)
            && id.TryGetInt64(out var number)
            && number > 0
                ? number.ToString(CultureInfo.InvariantCulture)
                : throw new ProviderFaultException("GitHub did not say who it is.");
        return new ProviderUser(
            options.Url.GetLeftPart(UriPartial.Authority),
            subject,
            PrimaryOf(emails),
            Text(user, "name") ?? Text(user, "login") ?? "",
            []
        );
    }

    private async Task<JsonElement> AskAsync(string path, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At(options.ApiUrl, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.TryAddWithoutValidation("X-GitHub-Api-Version", "2022-11-28");
        return await http.SendAsync(request, cancellationToken);
    }

    /// <summary>The one that is primary and verified: an address that is only claimed proves nothing.</summary>
    private static EmailAddress? PrimaryOf(JsonElement emails) =>
        emails.ValueKind == JsonValueKind.Array
        && emails
            .EnumerateArray()
            .Where(email =>
                email.ValueKind == JsonValueKind.Object && IsTrue(email, "primary") && IsTrue(email, "verified")
            )
            .Select(email => Text(email, "email"))
            .FirstOrDefault()
            is { } text
        && EmailAddress.TryParse(text, out var address)
            ? address
            : null;

    private static bool IsTrue(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static Uri At(Uri root, string path) => new(root.AbsoluteUri.TrimEnd('/') + path);

    private static string? Text(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object
        && from.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
