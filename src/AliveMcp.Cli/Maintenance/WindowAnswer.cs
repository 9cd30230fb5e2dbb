using System.Text.Json.Serialization;

namespace AliveMcp.Cli.Maintenance;

/// <summary>A planned maintenance as the install tells it, and without its number as it takes it.</summary>
internal sealed record WindowAnswer
{
    public int? Id { get; init; }

    /// <summary>Null: of many servers.</summary>
    public string? Server { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public bool? All { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public string? Note { get; init; }

    public string? Rrule { get; init; }

    public string? Zone { get; init; }
}

/// <summary>All of them, as far as one answer goes.</summary>
internal sealed record WindowList(IReadOnlyList<WindowAnswer> Maintenance);

/// <summary>How they are spelled on the wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(WindowAnswer))]
[JsonSerializable(typeof(WindowList))]
internal sealed partial class WindowJson : JsonSerializerContext;
