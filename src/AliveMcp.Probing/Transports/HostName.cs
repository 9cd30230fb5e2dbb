using System.Text;

namespace AliveMcp.Probing.Transports;

/// <summary>Reads the host of a URL that a stranger may have written.</summary>
internal static class HostName
{
    /// <summary>As DNS and HTTP carry it; null when they cannot, so that no such host can exist.</summary>
    public static string? Of(Uri url)
    {
        try
        {
            // What IDN cannot encode comes back as it was, or not at all.
            return Ascii.IsValid(url.IdnHost) ? url.IdnHost : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }
}
