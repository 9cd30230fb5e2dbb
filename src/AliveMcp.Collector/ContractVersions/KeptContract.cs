namespace AliveMcp.Collector.ContractVersions;

/// <summary>A list that is kept, with the conditions under which it was last brought.</summary>
/// <param name="FullHash"><c>sha256:</c> and 64 hex digits, texts included.</param>
/// <param name="ContractHash"><c>sha256:</c> and 64 hex digits of what callers depend on.</param>
/// <param name="FirstSeen">When it was seen first.</param>
/// <param name="Url">Which endpoint showed it; null when its prober did not say.</param>
/// <param name="Credential">As whom it was asked for; null as a stranger.</param>
/// <param name="ProtocolVersion">The version agreed on; null when not known.</param>
public sealed record KeptContract(
    string FullHash,
    string ContractHash,
    DateTimeOffset FirstSeen,
    string? Url,
    string? Credential,
    string? ProtocolVersion
);
