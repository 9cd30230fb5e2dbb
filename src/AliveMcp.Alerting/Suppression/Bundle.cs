namespace AliveMcp.Alerting.Suppression;

/// <summary>Incidents of one tenant that are told as one. The first of them lends its number: threads, ladder and answers are that one's.</summary>
internal sealed class Bundle
{
    private readonly Dictionary<long, bool> _members = [];
    private readonly HashSet<int> _servers = [];

    public required Guid BundleId { get; init; }

    public required int TenantId { get; init; }

    /// <summary>See <see cref="Causes"/>.</summary>
    public required string Cause { get; init; }

    /// <summary>The cluster of strangers' failures that it is part of; null: it is the tenant's own affair.</summary>
    public required long? ClusterId { get; init; }

    public required long Lead { get; init; }

    public required string DedupKey { get; init; }

    /// <summary>How many servers who was told knows of.</summary>
    public required int ToldCount { get; set; }

    /// <summary>Made by this router just now.</summary>
    public required bool IsNew { get; init; }

    public bool IsChanged { get; set; }

    public bool IsOver { get; private set; }

    public IReadOnlyDictionary<long, bool> Members => _members;

    public IReadOnlyCollection<int> Servers => _servers;

    /// <summary>Another incident of it.</summary>
    public void Join(long incident, int server, bool isOver)
    {
        _members[incident] = isOver;
        _servers.Add(server);
    }

    /// <summary>One of its incidents is over; the last of them ends it.</summary>
    public void End(long incident)
    {
        _members[incident] = true;
        IsOver = _members.Values.All(isOver => isOver);
        IsChanged = true;
    }
}
