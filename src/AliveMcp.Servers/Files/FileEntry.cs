using AliveMcp.Servers.Alerts;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Maintenance;
using AliveMcp.Servers.Objectives;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Servers.Files;

/// <summary>One good entry of the servers file, defaults filled in.</summary>
internal sealed record FileEntry
{
    /// <summary>Where it stands, for example <c>servers[3]</c>; empty: it is the body of a request.</summary>
    public required string Place { get; init; }

    /// <summary>For people: the place with the slug.</summary>
    public string Who => Place.Length == 0 ? $"\"{Slug}\"" : $"{Place} \"{Slug}\"";

    public required string Slug { get; init; }

    public required string Name { get; init; }

    public required ServerUrl Url { get; init; }

    public string[] Tags { get; init; } = [];

    public McpTransport Transport { get; init; }

    public ProtectionExpectation Expects { get; init; }

    public string[] ExpectedTools { get; init; } = [];

    public IReadOnlyList<TestCall> TestCalls { get; init; } = [];

    public HealthSetting? Health { get; init; }

    /// <summary>Longest time of one try; null: the default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Handshake and list above this are slow; null: the default.</summary>
    public TimeSpan? SlowAfter { get; init; }

    /// <summary>Names of the regions that look at it, sorted; none: every region that is everybody's.</summary>
    public string[] Regions { get; init; } = [];

    public Visibility Visibility { get; init; } = Visibility.Public;

    /// <summary>Minutes between two looks; null: the shortest of the plan.</summary>
    public int? Cadence { get; init; }

    /// <summary>False: listed and paused.</summary>
    public bool Watch { get; init; } = true;

    /// <summary>Null: the file says nothing, and what was chosen elsewhere stays.</summary>
    public Objective? Objective { get; init; }

    public AlertSettings Alerts { get; init; } = AlertSettings.Usual;

    /// <summary>Slugs of servers of the tenant that it cannot do without, sorted.</summary>
    public string[] DependsOn { get; init; } = [];

    /// <summary>By their beginning.</summary>
    public IReadOnlyList<MaintenanceSpan> Maintenance { get; init; } = [];

    /// <summary>For machines: where one of its fields stands.</summary>
    public string Field(string name) => Place.Length == 0 ? name : $"{Place}.{name}";
}
