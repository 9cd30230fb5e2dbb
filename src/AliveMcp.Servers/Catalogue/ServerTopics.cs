using AliveMcp.Storage.Outbox;

namespace AliveMcp.Servers.Catalogue;

/// <summary>What this room tells others.</summary>
public static class ServerTopics
{
    /// <summary><see cref="WatchChanged"/>.</summary>
    public static OutboxTopic Watch { get; } = new("server.watch", "archive");

    /// <summary><see cref="ServerErased"/>.</summary>
    public static OutboxTopic Erased { get; } = new("server.erased", "collector");
}
