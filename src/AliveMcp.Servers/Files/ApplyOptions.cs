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
    public string ManagedBy { get; init; } = ManagedLists.File;

    /// <summary>Who applies it, for the audit trail. Default: the install itself, as it starts.</summary>
    public Actor By { get; init; } = Actor.System;

    /// <summary>What the one who applies may do, by permission: parts of the file that she may not change are refused. Default: everything.</summary>
    public Func<string, bool> May { get; init; } = _ => true;

    /// <summary>Opens what the file refers to: environment variables and files of whoever applies it; null answers are missing. Null: nobody was asked yet.</summary>
    public Func<SecretReference, string?>? Secrets { get; init; }

    /// <summary>What is named is the whole of what is changed: nothing is paused or erased because it is not there. Default false.</summary>
    internal bool Alone { get; init; }

    /// <summary>How the server must stand; null: however it stands.</summary>
    internal ServerGuard? Guard { get; init; }

    /// <summary>The slug of a server to erase; null: none.</summary>
    internal string? Erase { get; init; }
}
