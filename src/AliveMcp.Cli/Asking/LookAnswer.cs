using System.Text.Json;
using System.Text.Json.Serialization;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Cli.Asking;

/// <summary>A live look as the install tells it. What this command does not show itself is passed on with <c>--json</c>.</summary>
internal sealed record LookAnswer
{
    public required string Id { get; init; }

    public required string Slug { get; init; }

    public required string Region { get; init; }

    /// <summary><c>waiting</c>, <c>looking</c>, <c>done</c> or <c>lost</c>.</summary>
    public required string State { get; init; }

    public required IReadOnlyList<LookLine> Steps { get; init; }

    public LookSaid? Verdict { get; init; }

    /// <summary>Everything else, as it came.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Rest { get; set; }

    [JsonIgnore]
    public bool IsOver => State is "done" or "lost";
}

/// <summary>One step that is over.</summary>
internal sealed record LookLine(int Number, string Step, double TookMs, int? HttpStatus, long? Bytes, string? Fault);

/// <summary>What it said in the end.</summary>
internal sealed record LookSaid
{
    public required string State { get; init; }

    public string? FailureReason { get; init; }

    public string? FailureLayer { get; init; }

    public string? Detail { get; init; }

    public string? Access { get; init; }

    public string? VerifiedTo { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Rest { get; set; }

    /// <summary>The same in our own words: one that we do not know yet counts as not said.</summary>
    public ProbeAttempt ToAttempt() =>
        new()
        {
            State = StateWords.TryParse(State, out var state) ? state : ServerState.Unknown,
            Why = WhyWords.TryParse(FailureReason, out var why) ? why : Why.None,
            Detail = Detail,
            Access = Array.Find(Enum.GetValues<Access>(), access => AccessWords.Word(access) == Access),
            VerifiedTo = Array.Find(Enum.GetValues<VerifiedTo>(), depth => AccessWords.Word(depth) == VerifiedTo),
        };
}

/// <summary>How it is spelled on the wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = false
)]
[JsonSerializable(typeof(LookAnswer))]
internal sealed partial class LookJson : JsonSerializerContext;
