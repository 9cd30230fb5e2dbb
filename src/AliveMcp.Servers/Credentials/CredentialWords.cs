using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Servers.Credentials;

/// <summary>How kinds of credentials are spelled.</summary>
internal static class CredentialWords
{
    private static readonly Dictionary<string, CredentialKind> Kinds = new(StringComparer.Ordinal)
    {
        ["bearer"] = CredentialKind.Bearer,
        ["header"] = CredentialKind.Header,
        ["basic"] = CredentialKind.Basic,
        ["client_credentials"] = CredentialKind.ClientCredentials,
    };

    public static string Of(CredentialKind kind) => Kinds.Single(known => known.Value == kind).Key;

    public static bool TryParse(string? word, out CredentialKind kind) => Kinds.TryGetValue(word ?? "", out kind);
}
