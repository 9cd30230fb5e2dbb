using System.Text.Json;

namespace AliveMcp.Probing.Steps;

/// <summary>What the steps note down as they go: times, and things worth saying that change no verdict.</summary>
internal sealed class Logbook
{
    private readonly List<string> _warnings = [];
    private readonly List<ProbeFinding> _findings = [];

    public IReadOnlyList<string> Warnings => _warnings;

    public IReadOnlyList<ProbeFinding> Findings => _findings;

    public TimeSpan Handshake { get; set; }

    /// <summary>The part of the handshake that went into asking in the wrong era: ours, not the server's slowness.</summary>
    public TimeSpan Detour { get; set; }

    public TimeSpan Tools { get; set; }

    public TimeSpan TestCalls { get; set; }

    /// <summary>Whether what a server says about itself is kept for screening; everyday probes keep nothing.</summary>
    public bool Listens { get; init; }

    /// <summary>What it said, see <see cref="Eras.Introduction"/>; empty when nothing was said or kept.</summary>
    public ReadOnlyMemory<byte> Introduction { get; private set; }

    /// <summary>Keeps the words of a handshake's answer, if anybody listens.</summary>
    public void Hear(JsonElement result, JsonElement? server) =>
        Introduction = Listens ? Eras.Introduction.Of(result, server) : default;

    public void Warn(string text) => _warnings.Add(Vocabulary.SafeText.Of(text));

    public void Find(string kind, string code, string detail, string? tool = null) =>
        _findings.Add(new ProbeFinding(kind, code, tool, Vocabulary.SafeText.Of(detail)));
}
