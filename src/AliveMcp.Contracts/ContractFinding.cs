namespace AliveMcp.Contracts;

/// <summary>Something worth saying about a contract that does not change the verdict.</summary>
/// <param name="Class">What kind of trouble it is: <c>interop</c>, clients may read it differently from one another.</param>
/// <param name="Code">Stable word: <c>integer_beyond_2_53</c>, <c>number_out_of_range</c>, <c>lone_surrogate</c>, <c>invalid_utf8</c>, <c>duplicate_key</c>.</param>
/// <param name="Tool">Name of the tool, safe to print; null when it has none.</param>
/// <param name="Detail">A sentence, safe to print.</param>
public sealed record ContractFinding(string Class, string Code, string? Tool, string Detail);
