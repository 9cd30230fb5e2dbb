using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Eras;

/// <summary>What a handshake came to: a conversation to go on with, or a stop.</summary>
internal sealed record Opening
{
    /// <summary>Why there is no conversation; null when there is.</summary>
    public Stop? Stop { get; init; }

    public Era Era { get; init; }

    public ITransport? Transport { get; init; }

    public string? Version { get; init; }

    public string? ServerName { get; init; }

    public string? ServerVersion { get; init; }

    /// <summary>The server declares tools and owes a list of them.</summary>
    public bool OffersTools { get; init; }

    public static Opening Stopped(Era era, Stop stop) => new() { Era = era, Stop = stop };
}
