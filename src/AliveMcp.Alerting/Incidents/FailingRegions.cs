using System.Text.Json;
using AliveMcp.Alerting.Messages;
using AliveMcp.Storage.Outbox;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Incidents;

/// <summary>Where a server fails, out of the regions of an alert.</summary>
internal static class FailingRegions
{
    /// <summary>Cities, or the regions themselves where none is known.</summary>
    /// <param name="json">The message's list; null: there was no message.</param>
    public static IReadOnlyList<string> Read(string? json) =>
        json is null
            ? []
            :
            [
                .. (JsonSerializer.Deserialize<IReadOnlyList<MessageRegion>>(json, OutboxTopic.Json) ?? [])
                    .Where(Fails)
                    .Select(region => region.City ?? region.Region),
            ];

    private static bool Fails(MessageRegion region) =>
        StateWords.TryParse(region.State, out var state) && state is ServerState.Degraded or ServerState.Down;
}
