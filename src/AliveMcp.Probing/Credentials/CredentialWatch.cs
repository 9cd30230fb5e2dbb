using System.Globalization;
using AliveMcp.Probing.Steps;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Credentials;

/// <summary>Reminds the owner of a credential that is about to end, in time to get another: 72 hours, or a fifth of its life if that is less.</summary>
internal static class CredentialWatch
{
    private static readonly TimeSpan LongestNotice = TimeSpan.FromHours(72);

    /// <summary>When the credential ends, as the owner or the token itself says; null when nobody does.</summary>
    /// <remarks>A fetched access token is not looked at: it is renewed by itself, its client's secret is what can end.</remarks>
    public static DateTimeOffset? Watch(ProbeCredential credential, DateTimeOffset now, Logbook log)
    {
        var token = credential.Kind is CredentialKind.Bearer or CredentialKind.Header
            ? JwtTimes.Of(credential.Secret[(credential.Secret.LastIndexOf(' ') + 1)..])
            : null;
        var ends = credential.Ends is { } told && !(token?.Ends < told) ? told : token?.Ends;
        if (ends is { } end && end - now < Notice(token, end))
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"the credential {(end <= now ? "ended" : "ends")} {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC; give the server another"
            );
            log.Warn(text);
            log.Find("credential", "credential_expires", text);
        }

        return ends;
    }

    private static TimeSpan Notice(JwtTimes? token, DateTimeOffset end)
    {
        var fifth = token?.Begins is { } begins && begins < end ? (end - begins) / 5 : LongestNotice;
        return fifth < LongestNotice ? fifth : LongestNotice;
    }
}
