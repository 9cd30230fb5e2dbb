using System.Security.Cryptography;
using System.Text;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Credentials;

/// <summary>
/// Whose token it is, and for what. Two credentials share a token only when everything about them is the same, the secret included:
/// names alone are chosen by strangers to each other.
/// </summary>
internal sealed record TokenKey(
    string Identity,
    string Client,
    string Fingerprint,
    Uri Endpoint,
    string? Scope,
    string Resource
)
{
    public static TokenKey Of(ProbeCredential credential, Uri url) =>
        new(
            credential.Identity,
            credential.User!,
            Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(credential.Secret))),
            credential.TokenEndpoint!,
            credential.Scope,
            ResourceOf(url)
        );

    /// <summary>The audience that the token is asked for (RFC 8707, section 2): the registered URL without query and fragment.</summary>
    public static string ResourceOf(Uri url) =>
        url.AbsolutePath == "/" ? url.GetLeftPart(UriPartial.Authority) : url.GetLeftPart(UriPartial.Path);

    // Neither a fingerprint nor a client belongs into a log.
    public override string ToString() => $"token of {Identity}";
}
