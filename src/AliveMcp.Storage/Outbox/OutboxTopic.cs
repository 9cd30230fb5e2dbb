using System.Text.Json;

namespace AliveMcp.Storage.Outbox;

/// <summary>A topic and the rooms that read it. Each reader gets a row of its own, so that one that is slow or broken holds nobody up.</summary>
/// <param name="Name">For example <c>server.watch</c>.</param>
/// <param name="Readers">For example <c>archive</c>.</param>
public sealed record OutboxTopic(string Name, params IReadOnlyList<string> Readers)
{
    /// <summary>How records are spelled: snake_case.</summary>
    public static JsonSerializerOptions Json { get; } =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
