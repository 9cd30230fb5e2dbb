using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Transports;

namespace AliveMcp.Probing.Credentials;

/// <summary>
/// The one header that lets a probe in, bound to the origin of the registered URL. Every request that should carry it asks for it,
/// so that a request nobody thought of goes out without.
/// </summary>
internal sealed class DoorKey(Uri registered, string header, string value, KeyStanding standing)
{
    private bool _withheld;

    /// <summary>How the newest request stood: with the key, or, at another origin, without.</summary>
    public KeyStanding Standing => _withheld ? KeyStanding.Withheld : standing;

    public bool IsCachedToken => Standing == KeyStanding.CachedToken;

    /// <summary>The same key for requests beside the conversation, with a standing of its own.</summary>
    public DoorKey Another() => new(registered, header, value, standing);

    public void ShowWith(HttpRequestMessage request)
    {
        _withheld = !Redirects.IsSameOrigin(registered, request.RequestUri!);
        if (!_withheld)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }
    }
}
