namespace AliveMcp.Vocabulary.Tickets;

/// <summary>When a credential ends, as its owner or the token itself says, and when its owner is reminded. Of the secret it holds nothing.</summary>
/// <param name="At">When it ends.</param>
/// <param name="WarnsAt">Early enough to get another: 72 hours before, or a fifth of its life if that is less.</param>
public sealed record CredentialEnd(DateTimeOffset At, DateTimeOffset WarnsAt)
{
    private static readonly TimeSpan LongestNotice = TimeSpan.FromHours(72);

    /// <summary>Null when nobody says when it ends.</summary>
    /// <remarks>A fetched access token is not looked at: it is renewed by itself, its client's secret is what can end.</remarks>
    public static CredentialEnd? Of(ProbeCredential credential)
    {
        var token = credential.Kind is CredentialKind.Bearer or CredentialKind.Header
            ? JwtTimes.Of(credential.Secret[(credential.Secret.LastIndexOf(' ') + 1)..])
            : null;
        var ends = credential.Ends is { } told && !(token?.Ends < told) ? told : token?.Ends;
        return ends is { } end ? new CredentialEnd(end, Before(end, Notice(token, end))) : null;
    }

    // An owner may say any date that can be written.
    private static DateTimeOffset Before(DateTimeOffset end, TimeSpan notice) =>
        end - DateTimeOffset.MinValue > notice ? end - notice : end;

    private static TimeSpan Notice(JwtTimes? token, DateTimeOffset end)
    {
        var fifth = token?.Begins is { } begins && begins < end ? (end - begins) / 5 : LongestNotice;
        return fifth < LongestNotice ? fifth : LongestNotice;
    }
}
