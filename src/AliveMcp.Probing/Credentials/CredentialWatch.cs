using System.Globalization;
using AliveMcp.Probing.Steps;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Credentials;

/// <summary>Reminds the owner of a credential that is about to end, in time to get another.</summary>
internal static class CredentialWatch
{
    /// <summary>When the credential ends, as the owner or the token itself says; null when nobody does.</summary>
    public static DateTimeOffset? Watch(ProbeCredential credential, DateTimeOffset now, Logbook log)
    {
        if (CredentialEnd.Of(credential) is not { } end)
        {
            return null;
        }

        if (now > end.WarnsAt)
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"the credential {(end.At <= now ? "ended" : "ends")} {end.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC; give the server another"
            );
            log.Warn(text);
            log.Find("credential", "credential_expires", text);
        }

        return end.At;
    }
}
