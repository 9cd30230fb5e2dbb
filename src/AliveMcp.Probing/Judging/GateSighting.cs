using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Judging;

/// <summary>What the door said to a stranger, before a credential was shown.</summary>
internal sealed record GateSighting
{
    /// <summary><see cref="Access.Unknown"/>: neither let in nor refused, so nothing can be told.</summary>
    public required Access Access { get; init; }

    /// <summary>Where the way to sign in breaks off; null when it does not.</summary>
    public string? SignInBreak { get; init; }
}
