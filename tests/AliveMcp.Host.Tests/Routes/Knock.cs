using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AliveMcp.Tenancy.SignIn.Sessions;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>Calls a Host over a real socket.</summary>
internal static class Knock
{
    /// <summary>The secret of a browser that nobody is signed in with.</summary>
    private static readonly string Browser = new('A', 43);

    private static readonly HttpClient Client = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }
    );

    /// <summary>Sends a form as the browser of somebody who is signed in does.</summary>
    /// <param name="url">Which replica.</param>
    /// <param name="path">Where to.</param>
    /// <param name="session">The session's token; empty: of a browser that nobody is signed in with.</param>
    /// <param name="fields">What was filled in.</param>
    /// <param name="from">What the browser says of the page; null: that it is one of ours.</param>
    /// <param name="boundTo">The session whose page gave the hidden field; null: the same.</param>
    public static async Task<Heard> FormAsync(
        Uri url,
        string path,
        string session,
        IReadOnlyDictionary<string, string> fields,
        (string Name, string Value)? from = null,
        string? boundTo = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, path));
        var secret = session.Length > 0 ? session : Browser;
        request.Content = new FormUrlEncodedContent(
            fields.Append(KeyValuePair.Create(FormToken.Field, FormToken.Of(boundTo ?? secret)))
        );
        var cookie = session.Length > 0 ? "alivemcp_session" : "alivemcp_browser";
        request.Headers.TryAddWithoutValidation("Cookie", $"{cookie}={secret}");
        var (name, value) = from ?? ("Sec-Fetch-Site", "same-origin");
        request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        using var answer = await Client.SendAsync(request);
        return await HearAsync(answer);
    }

    /// <param name="url">Which replica.</param>
    /// <param name="method">The verb.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="token">Null: none.</param>
    /// <param name="body">JSON; null: none.</param>
    /// <param name="headers">Whatever else.</param>
    public static async Task<Heard> AtAsync(
        Uri url,
        string method,
        string path,
        string? token = null,
        string? body = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(url, path));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await Client.SendAsync(request);
        return await HearAsync(answer);
    }

    private static async Task<Heard> HearAsync(HttpResponseMessage answer) =>
        new(
            answer.StatusCode,
            await answer.Content.ReadAsStringAsync(),
            answer
                .Headers.Concat(answer.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(',', header.Value))
        );
}

/// <summary>What was answered.</summary>
internal sealed record Heard(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Code => Text.StartsWith('{') ? (string?)Json["code"] : null;

    public string? Field => (string?)Json["errors"]?[0]?["field"];

    /// <summary>The text without the number of the request, which is another one each time.</summary>
    public string Told => Regex.Replace(Text, "\"trace_?[iI]d\":\"[^\"]*\",?", "");

    public string Etag => Headers["ETag"];
}
