using System.Text.Json;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Servers.Credentials;

/// <summary>
/// Reads a credential from the API's body: <c>kind</c>, <c>secret</c>, and by kind <c>header_name</c>, <c>user</c>, <c>token_endpoint</c>,
/// <c>issuer</c>, <c>scope</c>; <c>ends</c> for all. What is wrong is told by field, never by value.
/// </summary>
internal static class CredentialReader
{
    public static readonly string[] Fields =
    [
        "kind",
        "secret",
        "header_name",
        "user",
        "token_endpoint",
        "issuer",
        "scope",
        "ends",
    ];

    private static readonly Dictionary<string, CredentialKind[]> Uses = new(StringComparer.Ordinal)
    {
        ["header_name"] = [CredentialKind.Header],
        ["user"] = [CredentialKind.Basic, CredentialKind.ClientCredentials],
        ["token_endpoint"] = [CredentialKind.ClientCredentials],
        ["issuer"] = [CredentialKind.ClientCredentials],
        ["scope"] = [CredentialKind.ClientCredentials],
    };

    /// <param name="body">The body of the request.</param>
    /// <param name="identity">How the credential is named where it must not be told.</param>
    public static Result<ProbeCredential> Read(JsonElement body, string identity)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return CredentialProblems.NoObject;
        }

        var problems = new List<Problem>();
        var texts = Texts(body, problems);
        if (!CredentialWords.TryParse(texts.GetValueOrDefault("kind"), out var kind))
        {
            problems.Add(CredentialProblems.Kind);
            return problems;
        }

        problems.AddRange(
            Uses.Where(use => texts.ContainsKey(use.Key) && !use.Value.Contains(kind))
                .Select(use => CredentialProblems.NeedsNone(use.Key, CredentialWords.Of(kind)))
        );
        var credential = new ProbeCredential
        {
            Kind = kind,
            Identity = identity,
            Secret = texts.GetValueOrDefault("secret") ?? "",
            HeaderName = texts.GetValueOrDefault("header_name"),
            User = texts.GetValueOrDefault("user"),
            TokenEndpoint = Url(texts, "token_endpoint", problems),
            Issuer = Url(texts, "issuer", problems),
            Scope = texts.GetValueOrDefault("scope"),
            Ends = Time(texts, "ends", problems),
        };
        if (problems.Count == 0 && CredentialRules.Fault(credential) is { } fault)
        {
            problems.Add(CredentialProblems.Faulty(fault));
        }

        return problems.Count > 0 ? problems : credential;
    }

    private static Dictionary<string, string> Texts(JsonElement body, List<Problem> problems)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in body.EnumerateObject())
        {
            if (!Fields.Contains(member.Name))
            {
                problems.Add(CredentialProblems.Unknown(member.Name));
            }
            else if (member.Value.ValueKind == JsonValueKind.String)
            {
                texts[member.Name] = member.Value.GetString()!;
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                problems.Add(CredentialProblems.NotText(member.Name));
            }
        }

        return texts;
    }

    private static Uri? Url(Dictionary<string, string> texts, string field, List<Problem> problems)
    {
        if (!texts.TryGetValue(field, out var text))
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https"))
        {
            return url;
        }

        problems.Add(CredentialProblems.NotUrl(field));
        return null;
    }

    private static DateTimeOffset? Time(Dictionary<string, string> texts, string field, List<Problem> problems)
    {
        if (!texts.TryGetValue(field, out var text))
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time.ToUniversalTime();
        }

        problems.Add(CredentialProblems.NotTime(field));
        return null;
    }
}
