namespace AliveMcp.Contracts;

/// <summary>A way in which one entry of a tool list breaks the protocol.</summary>
/// <param name="Tool">Name of the tool, safe to print; null when it has none.</param>
/// <param name="Code">Stable word: <c>tool_not_object</c>, <c>name_missing</c>, <c>name_duplicate</c>, <c>input_schema_missing</c>, <c>input_schema_not_object</c>, <c>input_schema_type</c>.</param>
/// <param name="Detail">A sentence with expected beside actual, safe to print.</param>
public sealed record ToolFault(string? Tool, string Code, string Detail);
