using AliveMcp.Archive.Status;
using AliveMcp.Servers.Catalogue;

namespace AliveMcp.StatusPages.Kept;

/// <summary>How a public server stood when the archive last told.</summary>
internal sealed record KeptStanding(ListedServer Listing, ServerStatus Status, DateTimeOffset At)
{
    /// <summary>When it was known to be public: somewhat earlier, as that is asked less often.</summary>
    public DateTimeOffset PublicAt { get; init; }
}
