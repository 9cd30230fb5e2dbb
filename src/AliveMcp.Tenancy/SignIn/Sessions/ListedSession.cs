namespace AliveMcp.Tenancy.SignIn.Sessions;

/// <summary>A session as its person sees it.</summary>
/// <param name="SessionId">Its number.</param>
/// <param name="Method">How it began.</param>
/// <param name="MadeAt">When it began.</param>
/// <param name="SeenAt">When it was last used, to the minute.</param>
/// <param name="Address">From where it was last used.</param>
/// <param name="Agent">The browser's word for itself, made safe to show.</param>
public sealed record ListedSession(
    long SessionId,
    string Method,
    DateTimeOffset MadeAt,
    DateTimeOffset SeenAt,
    string Address,
    string Agent
);
