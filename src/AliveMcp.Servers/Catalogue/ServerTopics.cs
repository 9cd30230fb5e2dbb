using AliveMcp.Storage.Outbox;

namespace AliveMcp.Servers.Catalogue;

/// <summary>What this room tells others.</summary>
public static class ServerTopics
{
    /// <summary><see cref="WatchChanged"/>.</summary>
    public static OutboxTopic Watch { get; } = new("server.watch", "archive");

    /// <summary><see cref="ServerObserved"/>: what probes found changed. Told by the collector, for the timeline.</summary>
    public static OutboxTopic Observed { get; } = new("server.observed", "servers");

    /// <summary><see cref="ServerReached"/>: how a server is reached, when it is otherwise than before. Told by the collector.</summary>
    public static OutboxTopic Reach { get; } = new("server.reach", "alert.reach");

    /// <summary><see cref="ServerErased"/>.</summary>
    public static OutboxTopic Erased { get; } = new("server.erased", "collector");
}
