using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AliveMcp.Tenancy.SignIn.Sessions;

/// <summary>
/// The hidden field of every form: computed from the secret of the cookie that comes with it, so that only a page of ours, read by this very
/// browser, can hold it. Nothing is stored, and every web process agrees.
/// </summary>
public static class FormToken
{
    /// <summary>Name of the hidden field.</summary>
    public const string Field = "form_token";

    /// <param name="secret">The session's token, or the browser's secret of somebody who is not signed in.</param>
    public static string Of(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "form"u8));
    }

    /// <summary>Compares in constant time.</summary>
    public static bool IsGood(string? given, string? secret) =>
        given is not null
        && secret is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(Of(secret)));
}
