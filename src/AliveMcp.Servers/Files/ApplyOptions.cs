using AliveMcp.Storage.Audit;

namespace AliveMcp.Servers.Files;

/// <summary>How a servers file is applied.</summary>
public sealed record ApplyOptions
{
    /// <summary>Erases the servers that left the file, with all their history, instead of pausing them. Default false.</summary>
    public bool Prune { get; init; }

    /// <summary>Says what would change and changes nothing. Default false.</summary>
    public bool DryRun { get; init; }

    /// <summary>
    /// Takes literal addresses that the configuration does not open: for servers that the install itself started, whose ports it opens for
    /// its probers. Default false.
    /// </summary>
    public bool TrustsAddresses { get; init; }

    /// <summary>Which list the file is: it touches the servers of its own list only. Default <c>file</c>.</summary>
    public string ManagedBy { get; init; } = "file";

    /// <summary>Who applies it, for the audit trail. Default: the install itself, as it starts.</summary>
    public Actor By { get; init; } = Actor.System;
}
