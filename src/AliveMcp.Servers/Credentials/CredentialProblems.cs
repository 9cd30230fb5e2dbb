using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Credentials;

/// <summary>The ways in which this slice says no. None repeats a value: it may be the secret, in the wrong field.</summary>
internal static class CredentialProblems
{
    public static Problem NoServer(string slug) =>
        new("server_not_found", $"There is no server '{SafeText.Of(slug, 80)}' that you may see.", "slug");

    public static Problem NoObject { get; } =
        new("credential_invalid", """The body is no credential; send for example {"kind": "bearer", "secret": "…"}.""");

    public static Problem NotReady { get; } =
        new(
            "secrets_not_configured",
            "This install keeps no secrets yet: its operator sets Secrets:KeyFile and makes it with 'alivemcp ops secrets rotate --new-key'."
        );

    public static Problem Kind { get; } =
        new("kind_invalid", "Write bearer, header, basic or client_credentials.", "kind");

    public static Problem Unknown(string field) =>
        new(
            "key_unknown",
            $"'{SafeText.Of(field, 60)}' is no field of a credential; known are {string.Join(", ", CredentialReader.Fields)}.",
            SafeText.Of(field, 60)
        );

    public static Problem NotText(string field) => new("type_invalid", $"{field} must be a text.", field);

    public static Problem NotUrl(string field) =>
        new("url_invalid", $"{field} must be an absolute http or https URL.", field);

    public static Problem NotTime(string field) =>
        new("time_invalid", $"{field} must be a time with its zone, for example 2027-01-31T00:00:00Z.", field);

    public static Problem NeedsNone(string field, string kind) =>
        new("field_unused", $"A credential of kind {kind} has no {field}.", field);

    public static Problem Faulty(string fault) =>
        new("credential_invalid", $"The credential cannot be shown: {fault}.");
}
