using System.Net;
using AliveMcp.Egress;

namespace AliveMcp.Alerting.Sinks.Webhook;

/// <summary>Which addresses may be posted to: on the public Internet over https, or where this install opened more.</summary>
internal sealed class WebhookAddress(EgressGuard guard)
{
    /// <param name="text">As somebody typed it.</param>
    /// <param name="why">What is wrong with it; empty when nothing is.</param>
    /// <returns>Null: it may not be used.</returns>
    public Uri? Read(string text, out string why)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.UserInfo.Length > 0
        )
        {
            why = "is no http or https address without a user in it";
            return null;
        }

        why = MayUse(url) ? "" : "is not on the public Internet over https; this install opens no other";
        return why.Length == 0 ? url : null;
    }

    /// <summary>A name is judged when it is dialled; a literal address already here. In the clear only where this install opened the address.</summary>
    private bool MayUse(Uri url)
    {
        if (IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address))
        {
            return guard.MayDial(address, url.Port)
                && (url.Scheme == "https" || EgressGuard.Classify(address) != AddressClass.Public);
        }

        return url.Scheme == "https";
    }
}
