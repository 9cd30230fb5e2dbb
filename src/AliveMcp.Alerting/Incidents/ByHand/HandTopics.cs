using AliveMcp.Storage.Outbox;

namespace AliveMcp.Alerting.Incidents.ByHand;

/// <summary>What people did that their sinks are to hear of. A reader of its own: nobody waits behind what minutes told.</summary>
internal static class HandTopics
{
    public const string Reader = "alert.by_hand";

    /// <summary><see cref="DoneByHand"/>.</summary>
    public static OutboxTopic Done { get; } = new("incident.by_hand", Reader);
}

/// <summary>Record of <see cref="HandTopics.Done"/>.</summary>
/// <param name="ServerId">Whose incident.</param>
/// <param name="IncidentId">Which.</param>
/// <param name="Type">Number of <see cref="Messages.AlertType"/>: opened, told or ended.</param>
/// <param name="UpdateId">The row that says it: makes it the same when it is found again.</param>
internal sealed record DoneByHand(int ServerId, long IncidentId, byte Type, long UpdateId);
