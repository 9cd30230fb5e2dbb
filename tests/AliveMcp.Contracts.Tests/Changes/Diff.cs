using AliveMcp.Contracts.Changes;

namespace AliveMcp.Contracts.Tests.Changes;

/// <summary>Compares lists given as text, the way a probe's lists come to be compared.</summary>
internal static class Diff
{
    public static IReadOnlyList<ContractChange> Of(string[] before, string[] after) =>
        ContractDiff.Compare(Canonical(before), Canonical(after));

    public static IReadOnlyList<ContractChange> OfTool(string before, string after) => Of([before], [after]);

    public static IReadOnlyList<ContractChange> OfInput(string before, string after) =>
        OfTool(Tool("inputSchema", before), Tool("inputSchema", after));

    public static IReadOnlyList<ContractChange> OfOutput(string before, string after) =>
        OfTool(Tool("outputSchema", before), Tool("outputSchema", after));

    public static ReadOnlyMemory<byte> Canonical(params IEnumerable<string> tools) =>
        ContractHasher.Hash(Parsed.Tools(tools)).Canonical;

    /// <summary>A change in short: <c>Class code path</c>.</summary>
    public static string Short(ContractChange change) => $"{change.Class} {change.Code} {change.Path}";

    private static string Tool(string key, string schema) => $$"""{"name":"x","{{key}}":{{schema}}}""";
}
