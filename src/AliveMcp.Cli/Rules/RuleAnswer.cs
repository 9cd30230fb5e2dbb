using System.Text.Json.Serialization;

namespace AliveMcp.Cli.Rules;

/// <summary>A rule as the install tells it, and without its number as it takes it.</summary>
internal sealed record RuleAnswer
{
    public int? Id { get; init; }

    public required string Name { get; init; }

    public bool Enabled { get; init; } = true;

    public RuleMatch Match
    {
        get;
        init => field = value ?? field;
    } = new();

    public RuleQuiet? QuietHours { get; init; }

    public required IReadOnlyList<RuleStep> Steps { get; init; }
}

/// <summary>Empty lists: all.</summary>
internal sealed record RuleMatch
{
    public IReadOnlyList<string> Servers { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<string> Kinds { get; init; } = [];

    public IReadOnlyList<string> Severities { get; init; } = [];

    public IReadOnlyList<string> Regions { get; init; } = [];
}

/// <summary>When it is quiet, by the clocks of a zone.</summary>
internal sealed record RuleQuiet(string From, string To, string Zone);

/// <summary>Who hears after so many minutes.</summary>
internal sealed record RuleStep(int AfterMinutes, IReadOnlyList<int> Sinks);

/// <summary>All of them, as far as one answer goes.</summary>
internal sealed record RuleList(IReadOnlyList<RuleAnswer> Rules);

/// <summary>How they are spelled on the wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(RuleAnswer))]
[JsonSerializable(typeof(RuleList))]
internal sealed partial class RuleJson : JsonSerializerContext;
