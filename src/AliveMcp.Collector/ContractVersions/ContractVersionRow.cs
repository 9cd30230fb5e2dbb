namespace AliveMcp.Collector.ContractVersions;

/// <summary>One tool list that a server showed at some time.</summary>
/// <param name="FullHash"><c>sha256:</c> and 64 hex digits, texts included.</param>
/// <param name="ContractHash"><c>sha256:</c> and 64 hex digits of what callers depend on.</param>
/// <param name="ToolCount">Entries of the list.</param>
/// <param name="FirstSeen">When it was seen first.</param>
public sealed record ContractVersionRow(string FullHash, string ContractHash, int ToolCount, DateTimeOffset FirstSeen);
