using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Host.Embedded;

/// <summary>Where and how the embedded Redis-protocol server runs.</summary>
public sealed record EmbeddedRedisOptions
{
    /// <summary>Holds its log, checkpoints, settings and port; made when missing. What is there already is continued.</summary>
    public required string Folder { get; init; }

    /// <summary>Loopback port; 0 (the default) takes the port of the last start, or a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// The most memory that keys may take, in MiB, at least 64; taken as it is needed. What does not fit goes to the disk: nothing is
    /// dropped, but scripts then wait for the disk, spinning. Default: a quarter of what the machine or container has, 64 to 8,192.
    /// A watched server takes about 10 KiB.
    /// </summary>
    public int MemoryMiB { get; init; } =
        (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 / 1024 / 1024, 64, 8192);

    /// <summary>Where the server's process id is written; null writes none.</summary>
    public string? PidFile { get; init; }

    /// <summary>Where its output goes; null forgets it.</summary>
    public string? LogFile { get; init; }

    /// <summary>Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Hears of restarts. Default: nobody.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;
}
