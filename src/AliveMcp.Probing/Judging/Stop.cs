using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Judging;

/// <summary>Where a probe could not go on, and everything that was seen there. Not yet judged.</summary>
internal sealed record Stop
{
    // What a failure leaves as evidence of a body.
    private const int ExcerptBytes = 2048;

    public required ProbeStep Step { get; init; }

    public required WireFault Fault { get; init; }

    public int? Status { get; init; }

    public RpcError? Error { get; init; }

    public HttpSigns? Signs { get; init; }

    /// <summary>A session id was in play.</summary>
    public bool InSession { get; init; }

    /// <summary>A refusal without a header told the way in by RFC 9728 metadata.</summary>
    public bool HasMetadata { get; init; }

    /// <summary>Where the way to sign in, which the refusal or its metadata names, breaks off; null when it was not followed or holds.</summary>
    public string? SignInBreak { get; init; }

    /// <summary>What had been shown when this was answered.</summary>
    public KeyStanding Key { get; init; }

    /// <summary>Parts of what was asked for had arrived.</summary>
    public bool Begun { get; init; }

    public string? Detail { get; init; }

    public byte[]? Excerpt { get; init; }

    /// <summary>The refusal of a stranger: the door is there, and shut.</summary>
    public bool IsRefusal => Fault == WireFault.HttpStatus && Status is 401 or 403;

    public static Stop Of(ProbeStep step, Answer answer, bool inSession = false) =>
        new()
        {
            Step = step,
            Fault = answer.Fault,
            Status = answer.Status,
            Error = answer.Error,
            Signs = answer.Signs,
            InSession = inSession,
            Detail = answer.Detail,
            Excerpt = answer.Body?.WrittenSpan[..Math.Min(ExcerptBytes, answer.Body.Length)].ToArray(),
        };

    /// <summary>An answer that came whole and does not say what the step needs.</summary>
    public static Stop Of(ProbeStep step, WireFault fault, Answer answer, string detail) =>
        Of(step, answer) with
        {
            Fault = fault,
            Detail = detail,
        };
}
