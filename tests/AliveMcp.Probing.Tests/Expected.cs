using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests;

/// <summary>What a specimen's probe has to say.</summary>
public sealed record Expected(ServerState State, Why Why, ProbeStep? FailedAt)
{
    public static Expected Live { get; } = new(ServerState.Live, Why.None, null);

    public static Expected Down(Why why, ProbeStep at) => new(ServerState.Down, why, at);

    public static Expected Degraded(Why why, ProbeStep at) => new(ServerState.Degraded, why, at);

    public static Expected Unknown(Why why, ProbeStep at) => new(ServerState.Unknown, why, at);

    public static Expected Of(ProbeResult result) =>
        new(result.Attempt.State, result.Attempt.Why, result.Attempt.FailedAt);

    public override string ToString() => $"{State} {Why} at {FailedAt}";
}
