namespace AliveMcp.Archive.Drift;

/// <summary>One line of what changed in a contract. Safe to print; still a stranger's words.</summary>
/// <param name="Class"><c>security</c>, <c>breaking</c>, <c>additive</c> or <c>text</c>.</param>
/// <param name="Code">Stable word, for example <c>parameter_removed</c>.</param>
/// <param name="Tool">Name of the tool; null for the list itself.</param>
/// <param name="Path">JSON Pointer inside the tool.</param>
/// <param name="Detail">One sentence.</param>
public sealed record PanelChange(string Class, string Code, string? Tool, string Path, string Detail);

/// <summary>One text that attacks whoever reads it. Safe to print.</summary>
/// <param name="Code">Stable word, for example <c>hidden_unicode</c>.</param>
/// <param name="Tool">Name of the tool; null for the list itself.</param>
/// <param name="Path">JSON Pointer inside the tool.</param>
/// <param name="Detail">One sentence.</param>
/// <param name="Span">The text at fault, shortened.</param>
public sealed record PanelFinding(string Code, string? Tool, string Path, string Detail, string Span);
