namespace AliveMcp.Probing;

/// <summary>Something worth saying about a server that does not change the verdict. Everything in it is safe to print.</summary>
/// <param name="Class">What kind of thing it is: <c>protocol</c>, <c>interop</c>, <c>tools</c>, <c>tls</c>, <c>security</c>, <c>credential</c>.</param>
/// <param name="Code">Stable word, for example <c>discover_hangs</c>.</param>
/// <param name="Tool">The tool that it is about; null for the server itself.</param>
/// <param name="Detail">A sentence.</param>
public sealed record ProbeFinding(string Class, string Code, string? Tool, string Detail);
