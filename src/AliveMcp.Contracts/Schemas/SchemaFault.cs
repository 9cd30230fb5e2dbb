namespace AliveMcp.Contracts.Schemas;

/// <summary>The first place at which a value does not fit a schema.</summary>
/// <param name="Path">JSON Pointer (RFC 6901) into the value; empty for the whole.</param>
/// <param name="Expected">What the schema asks for there.</param>
/// <param name="Actual">What is there, as JSON, cut to 60 characters. A stranger's words, not escaped.</param>
public sealed record SchemaFault(string Path, string Expected, string Actual)
{
    /// <summary>The fault as a clause: <c>expected … at /a/0, got …</c>.</summary>
    public override string ToString() =>
        Path.Length == 0 ? $"expected {Expected}, got {Actual}" : $"expected {Expected} at {Path}, got {Actual}";
}
