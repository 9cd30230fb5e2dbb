using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.ContractVersions;

/// <summary>Which list a server shows now, as its memory has it.</summary>
/// <param name="Server">Whose it is.</param>
/// <param name="Url">The endpoint.</param>
/// <param name="ContractHash"><c>sha256:</c> and 64 hex digits of what callers depend on.</param>
/// <param name="FullHash"><c>sha256:</c> and 64 hex digits, texts included.</param>
/// <param name="ProtocolVersion">The version agreed on; null when not seen.</param>
/// <param name="ByRegion">The full hash that each region saw last.</param>
/// <param name="ChangedAt">When anything of its memory changed last.</param>
public sealed record ShownContract(
    ServerKey Server,
    string Url,
    string ContractHash,
    string FullHash,
    string? ProtocolVersion,
    IReadOnlyDictionary<string, string> ByRegion,
    DateTimeOffset ChangedAt
);
