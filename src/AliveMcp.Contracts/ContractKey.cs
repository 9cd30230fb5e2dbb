namespace AliveMcp.Contracts;

/// <summary>
/// Under which conditions a list was taken. Lists are comparable as they are only when all four are equal:
/// servers answer differently to other identities, versions and capabilities without having changed.
/// </summary>
/// <param name="Url">Which endpoint.</param>
/// <param name="Credential">As whom, by a name that is no secret; null as a stranger.</param>
/// <param name="ProtocolVersion">The version agreed on; null when not known.</param>
/// <param name="Capabilities">The client capabilities declared, as canonical JSON; <c>{}</c> for none.</param>
public sealed record ContractKey(string Url, string? Credential, string? ProtocolVersion, string Capabilities = "{}");
