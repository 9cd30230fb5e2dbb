using System.Text.Json;
using AliveMcp.Alerting.Messages;
using AliveMcp.Storage.Outbox;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Subscriptions.Notices;

/// <summary>An incident of a public server that something is to be told of: what everybody may read of it on its page.</summary>
internal sealed class ToldTrouble
{
    public int Tenant { get; init; }

    public int Server { get; init; }

    public long Incident { get; init; }

    public AlertKind Kind { get; init; }

    public short Reason { get; init; }

    public string Summary { get; init; } = "";

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public string Slug { get; init; } = "";

    public string Name { get; init; } = "";

    public string Origin { get; init; } = "";

    /// <summary>Number of the owner's newest words; 0: none.</summary>
    public long SaidNumber { get; init; }

    public string? SaidText { get; init; }

    /// <summary>Regions of its first alert, as JSON.</summary>
    public string? Regions { get; init; }

    /// <summary>Notice that opened it; 0: none yet.</summary>
    public long Opening { get; init; }

    /// <summary>It is over because nobody looks any more.</summary>
    public bool IsUnwatched { get; init; }

    public Why Why => (Why)Reason;

    public IReadOnlyList<MessageRegion> Seen =>
        Regions is null
            ? []
            : JsonSerializer.Deserialize<IReadOnlyList<MessageRegion>>(Regions, OutboxTopic.Json) ?? [];
}
