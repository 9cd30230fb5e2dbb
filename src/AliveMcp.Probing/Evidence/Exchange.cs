using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Evidence;

/// <summary>One request of a probe and what came back. Everything textual in it is safe to print. Times count from the probe's start.</summary>
public sealed record Exchange
{
    /// <summary>From 1, in the order of sending.</summary>
    public required int Number { get; init; }

    /// <summary>The step that asked; <see cref="ProbeStep.None"/> when the request does not tell.</summary>
    public required ProbeStep Step { get; init; }

    public required string Method { get; init; }

    public required string Url { get; init; }

    /// <summary>In the order of sending, without those that the HTTP stack adds by itself.</summary>
    public required IReadOnlyList<HeaderLine> RequestHeaders { get; init; }

    /// <summary>As it was sent, credentials aside; null when there was none.</summary>
    public string? RequestBody { get; init; }

    /// <summary>When the request was handed to the HTTP stack.</summary>
    public required TimeSpan BeganAt { get; init; }

    /// <summary>When its last byte went out; null when it did not.</summary>
    public TimeSpan? SentAt { get; init; }

    /// <summary>When the head of the answer was there; null when none came.</summary>
    public TimeSpan? HeadAt { get; init; }

    /// <summary>When the last byte that was read came, or the fault.</summary>
    public required TimeSpan EndAt { get; init; }

    /// <summary>What setting up connections took out of it.</summary>
    public TimeSpan SetUp { get; init; }

    public int? Status { get; init; }

    /// <summary>For example <c>HTTP/1.1 200 OK</c>; null when no answer came.</summary>
    public string? StatusLine { get; init; }

    public IReadOnlyList<HeaderLine> ResponseHeaders { get; init; } = [];

    /// <summary>What was read of the answer's body, decompressed, at most <see cref="Transcript.MostBodyBytes"/>. Its only control characters are line feeds.</summary>
    public string ResponseBody { get; init; } = "";

    /// <summary>Bytes of the body that were read, decompressed.</summary>
    public long ResponseBytes { get; init; }

    /// <summary>Bytes that were read and are not in <see cref="ResponseBody"/>.</summary>
    public long CutBytes { get; init; }

    /// <summary>Why no answer came; null when one did.</summary>
    public string? Fault { get; init; }

    /// <summary>What it took by itself, connections aside.</summary>
    public TimeSpan Took => EndAt - BeganAt - SetUp is var took && took > TimeSpan.Zero ? took : TimeSpan.Zero;
}

/// <summary>One header as it stood, its secret replaced by <see cref="Transcript.Redacted"/>.</summary>
public sealed record HeaderLine(string Name, string Value);
