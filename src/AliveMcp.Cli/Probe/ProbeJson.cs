using System.Text.Json;
using System.Text.Json.Serialization;
using AliveMcp.Cli.Looking;
using AliveMcp.Probing;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Cli.Probe;

/// <summary>The one object that <c>alivemcp probe --json</c> prints. Every key is always there; null is "not seen".</summary>
internal sealed partial record ProbeJson
{
    public required string Url { get; init; }
    public required string State { get; init; }
    public required string? Access { get; init; }
    public required string? VerifiedTo { get; init; }
    public required string? FailureReason { get; init; }
    public required string? FailureLayer { get; init; }
    public required string? Detail { get; init; }
    public required string? Era { get; init; }
    public required string? ProtocolVersion { get; init; }
    public required ServerJson Server { get; init; }
    public required string? Transport { get; init; }
    public required bool Session { get; init; }
    public required int? Tools { get; init; }
    public required string? ContractHash { get; init; }
    public required string? FullHash { get; init; }
    public required string? Auth { get; init; }
    public required IReadOnlyList<string> Warnings { get; init; }
    public required IReadOnlyList<ProbeFinding> Findings { get; init; }
    public required PhasesJson PhasesMs { get; init; }
    public required int Requests { get; init; }
    public required long Bytes { get; init; }

    /// <summary>With <c>--trace</c> alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TranscriptJson? Transcript { get; init; }

    public static string Print(ProbeArguments arguments, Sight sight)
    {
        var json = Of(arguments.Look.Order, sight.Result) with
        {
            Transcript = arguments.Traces ? TranscriptJson.Of(arguments.Look, sight) : null,
        };
        return JsonSerializer.Serialize(json, Shape.Default.ProbeJson);
    }

    private static ProbeJson Of(ProbeOrder order, ProbeResult result)
    {
        var (attempt, seen) = (result.Attempt, result.Observed);
        return new ProbeJson
        {
            Url = order.Url.OriginalString,
            State = StateWords.Word(attempt.State),
            Access = AccessWords.Word(attempt.Access),
            VerifiedTo = AccessWords.Word(attempt.VerifiedTo),
            FailureReason = WhyWords.Word(attempt.Why),
            FailureLayer = WhyWords.Layer(attempt.Why, attempt.FailedAt),
            Detail = attempt.Detail,
            Era = seen.Era == Vocabulary.Era.Auto ? null : AccessWords.Word(seen.Era),
            ProtocolVersion = seen.ProtocolVersion,
            Server = new ServerJson(seen.ServerName, seen.ServerVersion),
            Transport = seen.Transport == McpTransport.Auto ? null : AccessWords.Word(seen.Transport),
            Session = seen.IssuesSessions,
            Tools = seen.ToolCount,
            ContractHash = seen.ContractHash,
            FullHash = seen.FullHash,
            Auth = result.Auth,
            Warnings = result.Warnings,
            Findings = result.Findings,
            PhasesMs = PhasesJson.Of(attempt.Phases),
            Requests = seen.Requests,
            Bytes = seen.Bytes,
        };
    }

    /// <summary>The encoder leaves nothing but ASCII, so that a stranger's text cannot act in the terminal that shows it.</summary>
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        WriteIndented = true
    )]
    [JsonSerializable(typeof(ProbeJson))]
    private sealed partial class Shape : JsonSerializerContext;
}

/// <summary>Who the server says it is.</summary>
internal sealed record ServerJson(string? Name, string? Version);

/// <summary>Phase times in milliseconds; null: not reached.</summary>
internal sealed record PhasesJson(
    double? Resolve,
    double? Connect,
    double? Tls,
    double? Handshake,
    double? Tools,
    double? TestCall,
    double? Total
)
{
    public static PhasesJson Of(PhaseTimes phases) =>
        new(
            Milliseconds(phases.Resolve),
            Milliseconds(phases.Connect),
            Milliseconds(phases.Tls),
            Milliseconds(phases.Handshake),
            Milliseconds(phases.Tools),
            Milliseconds(phases.TestCall),
            Milliseconds(phases.Total)
        );

    private static double? Milliseconds(int microseconds) => microseconds == 0 ? null : microseconds / 1000.0;
}
