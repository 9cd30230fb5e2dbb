namespace AliveMcp.Probing.Credentials;

/// <summary>A token on the shelf, or why there is none.</summary>
/// <param name="Token">Null when <paramref name="Fault"/> says why.</param>
/// <param name="Asked">When it was asked for, as a timestamp of the clock: its life is counted from there.</param>
/// <param name="Came">When it came.</param>
internal sealed record HeldToken(string? Token, long Asked, long Came, TimeSpan Lifetime, string? Fault)
{
    public static HeldToken None(string? fault) => new(null, 0, 0, TimeSpan.Zero, fault);

    // A record prints its members by default; a token must not follow one into a log.
    public override string ToString() => Token is null ? $"no token: {Fault}" : "a token";
}
