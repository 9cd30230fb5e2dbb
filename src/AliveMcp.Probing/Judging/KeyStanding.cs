namespace AliveMcp.Probing.Judging;

/// <summary>What was shown at the door when an answer came: a refusal of a stranger and one of a guest are two things.</summary>
internal enum KeyStanding : byte
{
    /// <summary>Nothing: a stranger asked.</summary>
    None,

    /// <summary>There is a credential, but it stayed with us: the request went to another origin than the registered one.</summary>
    Withheld,

    /// <summary>What the owner gave: a token, key or password. Only the owner knows whether it still counts.</summary>
    Static,

    /// <summary>An access token from an earlier probe: it may have been revoked since.</summary>
    CachedToken,

    /// <summary>An access token that was issued during this probe: nobody has a better one.</summary>
    FreshToken,
}
