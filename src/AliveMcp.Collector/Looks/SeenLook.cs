using System.Text.Json.Serialization;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Looks;

/// <summary>A live look as its asker sees it.</summary>
internal sealed record SeenLook
{
    public required string Id { get; init; }

    /// <summary>The server, as the asker spelled it.</summary>
    public required string Slug { get; init; }

    /// <summary>From where.</summary>
    public required string Region { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary><c>waiting</c> for a prober, <c>looking</c>, <c>done</c>, or <c>lost</c>: no verdict comes any more, for a reason of ours.</summary>
    public required string State { get; init; }

    /// <summary>Those that are over, in their order; of a request with <c>after</c> the later ones.</summary>
    public required IReadOnlyList<SeenStep> Steps { get; init; }

    /// <summary>Null until it is done.</summary>
    public SeenVerdict? Verdict { get; init; }

    [JsonIgnore]
    public bool IsOver => State is "done" or "lost";
}

/// <summary>One step that is over.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Step">Its word, for example <c>tools/list</c>.</param>
/// <param name="TookMs">Milliseconds, to the microsecond.</param>
/// <param name="HttpStatus">Of its last answer.</param>
/// <param name="Bytes">Bytes of bodies received.</param>
/// <param name="Fault">Why no answer came; safe to print.</param>
internal sealed record SeenStep(int Number, string Step, double TookMs, int? HttpStatus, long? Bytes, string? Fault)
{
    public static SeenStep Of(LookStep step) =>
        new(step.Number, StepWords.Name(step.Step), step.Took / 1e3, step.Status, step.Bytes, step.Fault);
}

/// <summary>What the look said, in the words of every other verdict.</summary>
internal sealed record SeenVerdict
{
    public required string State { get; init; }

    public string? FailureReason { get; init; }

    public string? FailureLayer { get; init; }

    /// <summary>Expected beside actual; safe to print.</summary>
    public string? Detail { get; init; }

    public string? Access { get; init; }

    public string? VerifiedTo { get; init; }

    public int? HttpStatus { get; init; }

    /// <summary>From the start to the last needed answer; null when nothing was seen.</summary>
    public double? TotalMs { get; init; }

    public string? ProtocolVersion { get; init; }

    public string? ServerName { get; init; }

    public string? ServerVersion { get; init; }

    public int? Tools { get; init; }

    public string? ContractHash { get; init; }

    public static SeenVerdict Of(LookVerdict verdict)
    {
        var (attempt, observed) = (verdict.Attempt, verdict.Observed);
        return new SeenVerdict
        {
            State = StateWords.Word(attempt.State),
            FailureReason = WhyWords.Word(attempt.Why),
            FailureLayer = WhyWords.Layer(attempt.Why, attempt.FailedAt),
            Detail = attempt.Detail,
            Access = AccessWords.Word(attempt.Access),
            VerifiedTo = AccessWords.Word(attempt.VerifiedTo),
            HttpStatus = attempt.HttpStatus,
            TotalMs = attempt.Phases.Total > 0 ? attempt.Phases.Total / 1e3 : null,
            ProtocolVersion = observed.ProtocolVersion,
            ServerName = observed.ServerName,
            ServerVersion = observed.ServerVersion,
            Tools = observed.ToolCount,
            ContractHash = observed.ContractHash,
        };
    }
}

/// <summary>How it is spelled in the API: snake_case, nothing that is null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(SeenLook))]
internal sealed partial class SeenLookJson : JsonSerializerContext;
