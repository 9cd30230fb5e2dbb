using System.Text.Json;
using AliveMcp.Contracts;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Conformance;

/// <summary>What one scenario of the suite wants its client to do.</summary>
internal sealed record Scenario
{
    private const string FirstDiscover = "2026-07-28";

    public Era Era { get; init; }

    public IReadOnlyList<TestCall> Calls { get; init; } = [];

    /// <summary>Every tool of the list shall be called, so the list must be known first.</summary>
    public bool NeedsNames { get; init; }

    public static Scenario FromEnvironment()
    {
        var version = Environment.GetEnvironmentVariable("MCP_CONFORMANCE_PROTOCOL_VERSION") ?? FirstDiscover;
        var scenario = new Scenario
        {
            Era = string.CompareOrdinal(version, FirstDiscover) < 0 ? Era.Initialize : Era.Discover,
        };
        return Environment.GetEnvironmentVariable("MCP_CONFORMANCE_SCENARIO") switch
        {
            "tools_call" => scenario with { Calls = [Call("add_numbers", """{"a":5,"b":3}""")] },
            "sse-retry" => scenario with { Calls = [Call("test_reconnection")] },
            "http-custom-headers" => scenario with { Calls = CallsOfContext() },
            "http-standard-headers" or "http-invalid-tool-headers" or "json-schema-2020-12-preservation" =>
                scenario with
                {
                    NeedsNames = true,
                },
            _ => scenario,
        };
    }

    public Scenario CallingAll(ContractDocument? contract)
    {
        using var document = JsonDocument.Parse(contract?.Canonical ?? "{\"tools\":[]}"u8.ToArray());
        return this with
        {
            Calls =
            [
                .. document
                    .RootElement.GetProperty("tools")
                    .EnumerateArray()
                    .Select(tool => Call(tool.GetProperty("name").GetString()!)),
            ],
        };
    }

    private static List<TestCall> CallsOfContext()
    {
        using var context = JsonDocument.Parse(
            Environment.GetEnvironmentVariable("MCP_CONFORMANCE_CONTEXT") ?? """{"toolCalls":[]}"""
        );
        return
        [
            .. context
                .RootElement.GetProperty("toolCalls")
                .EnumerateArray()
                .Select(call =>
                    Call(call.GetProperty("name").GetString()!, call.GetProperty("arguments").GetRawText())
                ),
        ];
    }

    private static TestCall Call(string tool, string arguments = "{}") =>
        new()
        {
            Tool = tool,
            Arguments = arguments,
            AllowListed = true,
        };
}
