namespace AliveMcp.Contracts;

/// <summary>A tool list with everything that was found out about it.</summary>
/// <param name="Document">Its hashes.</param>
/// <param name="Faults">What makes clients drop a tool, or the list; empty when every entry can be used.</param>
public sealed record CheckedList(ContractDocument Document, IReadOnlyList<ToolFault> Faults);
