using AliveMcp.Archive.Status;
using AliveMcp.Servers.Catalogue;

namespace AliveMcp.StatusPages.Pages;

/// <summary>Everything that one server's page shows.</summary>
public sealed record StatusView
{
    /// <summary>What everybody may know of it.</summary>
    public required ListedServer Server { get; init; }

    /// <summary>As the archive gives it.</summary>
    public required ServerStatus Status { get; init; }

    /// <summary>Null when the archive could not be read and nothing is remembered of it.</summary>
    public required PageFacts? Facts { get; init; }

    /// <summary>When figures and facts were read, while the archive cannot be read; null when it can.</summary>
    public required DateTimeOffset? ToldAt { get; init; }

    /// <summary>What was verified last, when the status could not be refreshed for too long.</summary>
    public ServerStatus? LastVerified { get; init; }

    /// <summary>Set when the status could not be refreshed for too long.</summary>
    public required DateTimeOffset? StaleSince { get; init; }

    /// <summary>The last UTC day of the bars.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Scheme and host of links that leave the page; null makes them relative.</summary>
    public required string? Origin { get; init; }
}
