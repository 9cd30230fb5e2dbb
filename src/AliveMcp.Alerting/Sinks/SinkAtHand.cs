using System.Text.Json;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Sinks;

/// <summary>A sink with its secret opened, for as long as one message takes.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="SinkId">Number of the row.</param>
/// <param name="Kind">Which folder sends to it.</param>
/// <param name="Name">As its owner calls it.</param>
/// <param name="Settings">What is not secret; the kind's own shape.</param>
/// <param name="Secret">The kind's own bytes; null: it has none.</param>
internal sealed record SinkAtHand(
    TenantId Tenant,
    int SinkId,
    SinkKind Kind,
    string Name,
    JsonElement Settings,
    byte[]? Secret
)
{
    /// <summary>Whether messages may go there: proven, and not switched off.</summary>
    public bool IsUsable { get; init; }

    /// <summary>Keys that messages are signed with, by slot; kinds that sign nothing have none.</summary>
    public IReadOnlyList<byte[]?> Keys { get; init; } = [];

    /// <summary>Without the secret: it may come into a log.</summary>
    public override string ToString() => $"sink {SinkId} of tenant {Tenant} ({Kind})";
}
