using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Judging;

/// <summary>What one test call came to.</summary>
internal sealed record CallSighting
{
    public required string Tool { get; init; }

    /// <summary>Why we did not make the call; null when we made it, or could not for the server's fault.</summary>
    public string? Withheld { get; init; }

    /// <summary>What the server's own list says is why the call was withheld; false: what is asked for cannot be sent or checked.</summary>
    public bool IsWithheldByServer { get; init; }

    /// <summary>Where it failed, with its evidence; null when the answer holds what was expected.</summary>
    public Stop? Stop { get; init; }

    /// <summary>What an answer that came whole lacks; <see cref="Why.None"/>: <see cref="Stop"/> says what broke on the wire.</summary>
    public Why Lacks { get; init; }

    /// <summary>The time of the whole probe is over, not only that of the test calls.</summary>
    public bool TimeIsUp { get; init; }

    /// <summary>The owner's word that its failure is an outage.</summary>
    public bool FailureIsDown { get; init; }

    public bool Passed => Withheld is null && Stop is null;
}
