using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AliveMcp.Contracts;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Credentials;

/// <summary>
/// Exchanges client credentials for an access token (RFC 6749, section 4.4) at the configured endpoint, for the registered URL alone (RFC 8707).
/// No redirect is followed: the secret goes to that endpoint and nowhere else.
/// </summary>
internal sealed class TokenRequest(ProbeCredential credential, Uri url, Wire wire)
{
    private readonly Uri _endpoint = credential.TokenEndpoint!;
    private readonly string _place = credential.TokenEndpoint!.GetLeftPart(UriPartial.Path);

    /// <summary>Asks as it went last time; a server that takes the secret only the other way, or knows no <c>resource</c>, is asked so once.</summary>
    public async ValueTask<TokenAnswer> SendAsync(ClientAuth auth)
    {
        var named = true;
        var other = auth == ClientAuth.Basic ? ClientAuth.Post : ClientAuth.Basic;
        for (var asked = 1; ; asked++)
        {
            var (answer, error) = await AskAsync(auth, named);
            if (answer.Token is not null || asked == 3)
            {
                return answer;
            }

            switch (error)
            {
                case "invalid_client" or "unauthorized_client" when auth != other:
                    auth = other;
                    break;
                case "invalid_target" or "invalid_request" when named:
                    named = false;
                    break;
                default:
                    return answer;
            }
        }
    }

    private async ValueTask<(TokenAnswer Answer, string? Error)> AskAsync(ClientAuth auth, bool named)
    {
        using var request = Write(auth, named);
        var reply = await wire.SendAsync(request, wire.Deadline.Token);
        if (reply.Response is not { } response)
        {
            return (
                Failed(reply.Detail ?? (reply.Fault == WireFault.Timeout ? "silence" : reply.Fault.ToString())),
                null
            );
        }

        using (response)
        {
            using var body = await AnswerReader.ReadRefusalAsync(wire, response);
            using var document = Parse(body.Written);
            var root = document?.RootElement ?? default;
            return response.IsSuccessStatusCode
                ? (Read(root) with { Auth = auth }, null)
                : Refused((int)response.StatusCode, root);
        }
    }

    private HttpRequestMessage Write(ClientAuth auth, bool named)
    {
        var form = new List<KeyValuePair<string, string>> { new("grant_type", "client_credentials") };
        if (credential.Scope is { Length: > 0 } scope)
        {
            form.Add(new("scope", scope));
        }

        if (named)
        {
            form.Add(new("resource", TokenKey.ResourceOf(url)));
        }

        if (auth == ClientAuth.Post)
        {
            form.Add(new("client_id", credential.User!));
            form.Add(new("client_secret", credential.Secret));
        }

        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new FormUrlEncodedContent(form) };
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (auth == ClientAuth.Basic)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", BasicOf(credential));
        }

        return request;
    }

    /// <summary>Id and secret as <c>client_secret_basic</c> wants them: each form-encoded, then joined (RFC 6749, section 2.3.1).</summary>
    public static string BasicOf(ProbeCredential credential) =>
        Convert.ToBase64String(
            Encoding.ASCII.GetBytes(
                $"{WebUtility.UrlEncode(credential.User)}:{WebUtility.UrlEncode(credential.Secret)}"
            )
        );

    private TokenAnswer Read(JsonElement root)
    {
        var token = Json.Text(root, "access_token");
        var type = Json.Text(root, "token_type");
        return token is null ? Failed("an answer without access_token")
            : type is not null && !type.Equals("bearer", StringComparison.OrdinalIgnoreCase)
                ? Failed($"a token of type '{type}'")
            : !CredentialRules.IsHeaderText(token) || token.Contains(' ', StringComparison.Ordinal)
                ? Failed("a token that no header can carry")
            : new TokenAnswer { Token = token, Lifetime = LifetimeOf(root) };
    }

    private (TokenAnswer Answer, string? Error) Refused(int status, JsonElement root)
    {
        var error = Json.Text(root, "error", 100);
        var said = Json.Text(root, "error_description", 150);
        var got = $"HTTP {status}{(error is null ? "" : $" {error}")}{(said is null ? "" : $" ({said})")}";
        return (
            Failed(got) with
            {
                IsRefusal = status is >= 400 and < 500 and not (408 or 429),
            },
            error ?? ErrorOf(status)
        );
    }

    // Some answer 401 without a word.
    private static string? ErrorOf(int status) => status == 401 ? "invalid_client" : null;

    private TokenAnswer Failed(string got) => new() { Fault = $"expected an access token from {_place}, got {got}" };

    private JsonDocument? Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = wire.Limits.JsonDepth });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A number by the book, a text in the wild.
    private static TimeSpan? LifetimeOf(JsonElement root)
    {
        if (!JsonMembers.TryFind(root, "expires_in", out var member))
        {
            return null;
        }

        double seconds;
        var isRead =
            member.ValueKind == JsonValueKind.Number
                ? member.TryGetDouble(out seconds)
                : double.TryParse(Json.Text(member), NumberStyles.Float, CultureInfo.InvariantCulture, out seconds);
        return !isRead || double.IsNaN(seconds)
            ? null
            : TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 10 * 365 * 86400.0));
    }
}
