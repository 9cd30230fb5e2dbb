using AliveMcp.Archive.Status;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Pages;

/// <summary>A status in words for people: what page, badge title and overview say alike.</summary>
internal static class VerdictWords
{
    /// <summary>State, access and depth in one line, for example "Live, sign-in required, tools not checked".</summary>
    public static string Line(ServerStatus status)
    {
        var label = StateWords.Label(status.State);
        return Depth(status) is { } depth ? $"{label}, {depth}" : label;
    }

    /// <summary>How the door answers and how deep we saw; null when there is nothing to say of it.</summary>
    public static string? Depth(ServerStatus status)
    {
        if (status.State is ServerState.Unknown or ServerState.Down)
        {
            return null;
        }

        var words = new[] { Access(status.Access), Depth(status.VerifiedTo) }.Where(word => word is not null);
        var line = string.Join(", ", words);
        return line.Length == 0 ? null : line;
    }

    /// <summary>Why it is so, in a sentence; the shown minute's own reason first.</summary>
    public static string Why(ServerStatus status) =>
        IsUntold(status)
            ? "No minute has been judged yet. The first verdict takes about a minute."
            : WhyWords.Sentence(status.Why) ?? Plainly(status);

    /// <summary>The machine word of the reason; null when there is none, or no minute to have one.</summary>
    public static string? Reason(ServerStatus status) => IsUntold(status) ? null : WhyWords.Word(status.Why);

    /// <summary>From where it fails and from where it works; null when all regions agree.</summary>
    public static string? Where(ServerStatus status)
    {
        var fails = Names(status, region => region.State == ServerState.Down);
        var works = Names(status, region => region.State is ServerState.Live or ServerState.Degraded);
        return fails.Length == 0 || works.Length == 0 ? null : $"Fails from {fails}; answers from {works}.";
    }

    public static string? Access(Access access) =>
        access switch
        {
            Vocabulary.Access.Open => "open to everyone",
            Vocabulary.Access.Protected => "sign-in required",
            Vocabulary.Access.Misconfigured => "refuses without a way in",
            _ => null,
        };

    private static string? Depth(VerifiedTo depth) =>
        depth switch
        {
            VerifiedTo.Gate => "tools not checked",
            VerifiedTo.Handshake => "handshake checked, tools not checked",
            VerifiedTo.Tools => "tools checked",
            VerifiedTo.TestCall => "tools and a test call checked",
            _ => null,
        };

    private static string Names(ServerStatus status, Func<RegionStatus, bool> where) =>
        string.Join(", ", status.Regions.Where(where).Select(region => region.Region.Name));

    /// <summary>Nothing was ever sealed: there is no reason yet, whatever stands for it.</summary>
    private static bool IsUntold(ServerStatus status) =>
        status is { State: ServerState.Unknown, LastMinute: null, NotVerifiedSince: null };

    private static string Plainly(ServerStatus status) =>
        status.State switch
        {
            ServerState.Live when status.Access == Vocabulary.Access.Protected =>
                "The door answers as it should: an agent that signs in is let in.",
            ServerState.Live => "An agent that connects now gets what it expects.",
            ServerState.Degraded => "An agent gets something, but not all, not everywhere, or too slowly.",
            ServerState.Down => "An agent that connects now gets nothing.",
            _ => "We could not look. That says nothing against the server.",
        };
}
