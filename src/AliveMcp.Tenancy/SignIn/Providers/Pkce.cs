using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>
/// The secrets of one sign-in at a provider. Only the state's hash is stored; verifier and nonce are computed from the browser's own secret
/// and the state, so that nobody else, the database's reader included, can finish the sign-in.
/// </summary>
internal sealed class Pkce
{
    private readonly string _browser;
    private readonly string _state;

    public Pkce(string browser, string state) => (_browser, _state) = (browser, state);

    /// <summary>RFC 7636: 43 letters.</summary>
    public string Verifier => Derive("verifier");

    /// <summary>S256 of the verifier.</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public string Nonce => Derive("nonce");

    private string Derive(string purpose) =>
        Base64Url.EncodeToString(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(_browser), Encoding.UTF8.GetBytes($"{purpose}|{_state}"))
        );
}
