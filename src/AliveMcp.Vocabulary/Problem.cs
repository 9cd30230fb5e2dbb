namespace AliveMcp.Vocabulary;

/// <summary>A caller's mistake, named: a stable code, a sentence that says what would be right, and the field at fault.</summary>
/// <param name="Code">Stable machine word, for example <c>slug_invalid</c>.</param>
/// <param name="Message">A sentence for people with the value and what would be right.</param>
/// <param name="Field">Where, for example <c>servers[2].url</c>; null when the whole request is meant.</param>
public sealed record Problem(string Code, string Message, string? Field = null);
