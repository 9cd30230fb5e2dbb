using AliveMcp.Servers.Maintenance;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Servers.Catalogue;

/// <summary>What the planner needs to know of a server that is being watched.</summary>
public sealed record WatchedServer
{
    public required ServerKey Key { get; init; }

    /// <summary>As the owner wrote it.</summary>
    public required string Url { get; init; }

    /// <summary>Its host as the origin spells it, without port.</summary>
    public string Host { get; init; } = "";

    /// <summary>Servers with the same one are looked at alike: same URL, same settings. Null: it is looked at for itself alone.</summary>
    public Guid? ProbeKey { get; init; }

    /// <summary>Found in a public registry and claimed by nobody: watched with restraint.</summary>
    public bool Listing => Key.Tenant == TenantId.Public;

    /// <summary>The cadence in minutes: 1, 2, 5, 10, 15, 30 or 60.</summary>
    public required int Weight { get; init; }

    /// <summary>How many regions must fail before a minute is down, as the owner set it. Default 2; it may exceed the planned regions.</summary>
    public required int Quorum { get; init; }

    /// <summary>By the tenant's plan.</summary>
    public required RetentionClass Retention { get; init; }

    /// <summary>From where the owner wants it to be looked at; empty (the default): from every region that is everybody's.</summary>
    public IReadOnlyList<Region> Regions { get; init; } = [];

    /// <summary>Which of a region's queues its tickets wait in. Default <see cref="Lane.Shared"/>.</summary>
    public Lane Lane { get; init; }

    /// <summary>Planned maintenance that begins or ends about now, or goes on.</summary>
    public IReadOnlyList<MaintenanceSpan> Maintenance { get; init; } = [];

    /// <summary>Grows with every change that a ticket would carry.</summary>
    public required int SettingsVersion { get; init; }
}
