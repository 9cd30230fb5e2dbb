namespace AliveMcp.Storage.Audit;

/// <summary>
/// One act, as whoever does it tells it. Neither a secret nor a person's data belongs into any member: the row is kept for seven years,
/// and the hash of something that has few possible values can be guessed.
/// </summary>
/// <param name="Action">What was done: thing, dot, past participle, for example <c>server.paused</c>.</param>
/// <param name="TargetKind">To what kind of thing, for example <c>server</c>.</param>
/// <param name="Target">To which one: its number or opaque id, never a person's name or address; at most 200 characters.</param>
public sealed record AuditEntry(string Action, string TargetKind, string Target)
{
    /// <summary>What was there; kept as the SHA-256 of its canonical JSON. Null: nothing was.</summary>
    public object? Before { get; init; }

    /// <summary>What is there now; kept as the SHA-256 of its canonical JSON. Null: nothing is.</summary>
    public object? After { get; init; }

    /// <summary>Why, in the words of who did it; at most 500 characters are kept. Null: nobody asked.</summary>
    public string? Why { get; init; }
}
