namespace AliveMcp.Probing.Credentials;

/// <summary>What a token endpoint answered.</summary>
internal sealed record TokenAnswer
{
    /// <summary>The access token; null when <see cref="Fault"/> says why there is none.</summary>
    public string? Token { get; init; }

    /// <summary>How long it counts; null when the endpoint does not say.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Expected beside actual, without a secret of ours.</summary>
    public string? Fault { get; init; }

    /// <summary>The endpoint refused in so many words: asking again at once would only annoy it, or lock the account.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>How the client named itself this time.</summary>
    public ClientAuth Auth { get; init; }

    // A record prints its members by default; a token must not follow one into a log.
    public override string ToString() => Token is null ? $"no token: {Fault}" : "a token";
}

/// <summary>How a client proves itself at a token endpoint (RFC 6749, section 2.3.1).</summary>
internal enum ClientAuth : byte
{
    /// <summary><c>client_secret_basic</c>: every server must know it.</summary>
    Basic,

    /// <summary><c>client_secret_post</c>: in the body.</summary>
    Post,
}
