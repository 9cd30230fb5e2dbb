using System.Text.Json.Serialization;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Looks;

/// <summary>What a live look was asked for, as it waits in Redis. Settings are not in it: the desk has them.</summary>
internal sealed record LookOrder
{
    public int V { get; init; } = 1;

    public required ServerKey Server { get; init; }

    /// <summary>As the asker spelled it.</summary>
    public required string Slug { get; init; }

    public required int SettingsVersion { get; init; }

    /// <summary>Only a process that serves the server's tenant alone may carry it out.</summary>
    public bool Isolated { get; init; }

    public required DateTimeOffset AskedAt { get; init; }
}

/// <summary>What it said in the end.</summary>
internal sealed record LookVerdict(ProbeAttempt Attempt, Observed Observed);

/// <summary>How both are spelled in Redis, and the steps between them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(ServerKeyConverter), typeof(DurationConverter)]
)]
[JsonSerializable(typeof(LookOrder))]
[JsonSerializable(typeof(LookStep))]
[JsonSerializable(typeof(LookVerdict))]
internal sealed partial class LookJson : JsonSerializerContext;
