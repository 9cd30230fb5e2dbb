using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Host.Embedded;

/// <summary>Where and how a private Postgres runs.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>Holds the cluster, its password and its port; made when missing. What is there already is continued.</summary>
    public required string Folder { get; init; }

    /// <summary>Loopback port; 0 (the default) takes the port of the last start, or a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether a commit waits for the disk. Default true; off only in tests.</summary>
    public bool SafeWrites { get; init; } = true;

    /// <summary>Where the server's process id is written; null writes none.</summary>
    public string? PidFile { get; init; }

    /// <summary>Where its output goes; null forgets it.</summary>
    public string? LogFile { get; init; }

    /// <summary>Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Hears of restarts. Default: nobody.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;
}
