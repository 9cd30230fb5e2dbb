using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests;

/// <summary>Which tools are called, and with which headers.</summary>
public sealed class CallPermissionTests
{
    private static readonly Expected Forbidden = Expected.Degraded(Why.TestCallError, ProbeStep.TestCall);

    private static readonly TestCall Call = new() { Tool = "t", Arguments = """{"city":"Bern"}""" };

    [Theory]
    [InlineData("""{"readOnlyHint":true}""", true)]
    [InlineData("""{"readOnlyHint":true,"destructiveHint":false}""", true)]
    [InlineData("""{"readOnlyHint":true,"destructiveHint":true}""", false)]
    [InlineData("""{"readOnlyHint":false}""", false)]
    [InlineData("""{"readOnlyHint":"true"}""", false)]
    [InlineData("""{}""", false)]
    [InlineData("null", false)]
    public async Task Only_what_the_server_says_reads_alone_is_called(string annotations, bool isCalled)
    {
        var (result, requests) = await ProbeAsync(Specimens.Healthy, Tool(annotations), Call);

        Assert.Equal(isCalled ? Expected.Live : Forbidden, Expected.Of(result));
        Assert.Equal(isCalled, requests.Any(request => request.Rpc == "tools/call"));
        Assert.Equal(isCalled ? VerifiedTo.TestCall : VerifiedTo.Tools, result.Attempt.VerifiedTo);
        Assert.Equal(isCalled, !result.Findings.Any(found => found.Code == "test_call_withheld" && found.Tool == "t"));
    }

    [Fact]
    public async Task What_the_owner_vouches_for_is_called_whatever_the_server_says()
    {
        var vouched = Call with { AllowListed = true };
        var (result, _) = await ProbeAsync(Specimens.Healthy, Tool("""{"destructiveHint":true}"""), vouched);

        Assert.Equal(VerifiedTo.TestCall, result.Attempt.VerifiedTo);
    }

    [Fact]
    public async Task Of_two_tools_with_one_name_both_must_be_harmless()
    {
        var twins = new[] { Tool("""{"readOnlyHint":true}""")[0], Tool("{}")[0] };
        var (_, requests) = await ProbeAsync(Specimens.Healthy, twins, Call);

        Assert.DoesNotContain(requests, request => request.Rpc == "tools/call");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public async Task Arguments_that_are_no_object_are_not_sent(string arguments)
    {
        var (result, requests) = await ProbeAsync(
            Specimens.Healthy,
            Tool("""{"readOnlyHint":true}"""),
            Call with
            {
                Arguments = arguments,
            }
        );

        Assert.DoesNotContain(requests, request => request.Rpc == "tools/call");
        Assert.Contains(result.Findings, found => found.Code == "test_call_withheld");
        Assert.Equal(Expected.Live, Expected.Of(result));
    }

    [Fact]
    public async Task A_failing_call_does_not_turn_well_by_an_annotation_taken_back()
    {
        var failing = Call with { Contains = "snow" };
        var (before, _) = await ProbeAsync(Specimens.Healthy, Tool("""{"readOnlyHint":true}"""), failing);
        var (after, _) = await ProbeAsync(Specimens.Healthy, Tool("{}"), failing);
        var (both, _) = await ProbeAsync(Specimens.Healthy, Tool("{}"), Call, Call with { Tool = "absent" });

        Assert.Equal((ServerState.Degraded, ServerState.Degraded), (before.Attempt.State, after.Attempt.State));
        Assert.Contains("expected the annotation readOnlyHint", after.Attempt.Detail, StringComparison.Ordinal);
        Assert.NotNull(after.Evidence);
        Assert.Equal(["test_call_withheld", "test_call_error"], both.Findings.Select(found => found.Code));
    }

    [Fact]
    public async Task An_expectation_that_cannot_be_checked_is_said_and_blames_nobody()
    {
        var (result, _) = await ProbeAsync(
            Specimens.Healthy,
            Tool("""{"readOnlyHint":true}"""),
            Call with
            {
                JsonPath = "days[",
            },
            Call with
            {
                Schema = """{"unevaluatedItems":false}""",
            }
        );

        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal(2, result.Findings.Count(found => found.Code == "test_call_withheld"));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Zürich", "=?base64?WsO8cmljaA==?=")]
    [InlineData(" edge", "=?base64?IGVkZ2U=?=")]
    [InlineData("=?base64?eA==?=", "=?base64?PT9iYXNlNjQ/ZUE9PT89?=")]
    public async Task The_discover_era_repeats_the_name_in_a_header(string name, string header)
    {
        var tool = $$$"""{"name":"{{{name}}}","inputSchema":{"type":"object"},"annotations":{"readOnlyHint":true}}""";
        var (result, requests) = await ProbeAsync(Specimens.HealthyDiscover, [tool], Call with { Tool = name });

        var sent = requests.Single(request => request.Rpc == "tools/call");
        Assert.Equal(Expected.Live, Expected.Of(result));
        Assert.Equal((header, "tools/call"), (sent.Header("Mcp-Name"), sent.Header("Mcp-Method")));
        Assert.Contains("io.modelcontextprotocol/protocolVersion", sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marked_arguments_are_repeated_in_headers_of_the_discover_era_alone()
    {
        const string schema = """
            {"type":"object","properties":{"city":{"type":"string","x-mcp-header":"City"},"days":{"type":"integer","x-mcp-header":"Days"},
            "raw":{"type":"boolean","x-mcp-header":"Raw"},"absent":{"type":"string","x-mcp-header":"Absent"},"nothing":{"type":"string","x-mcp-header":"Nothing"},
            "deep":{"type":"object","properties":{"er":{"type":"string","x-mcp-header":"Deeper"}}},"x-mcp-header":{"type":"string"}}}
            """;
        var call = Call with
        {
            Arguments = """{"city":"Bern","days":3,"raw":false,"nothing":null,"deep":{"er":"é"}}""",
        };

        var (_, modern) = await ProbeAsync(Specimens.HealthyDiscover, Tool("""{"readOnlyHint":true}""", schema), call);
        var (_, older) = await ProbeAsync(Specimens.Healthy, Tool("""{"readOnlyHint":true}""", schema), call);

        Assert.Equal(
            ["City=Bern", "Days=3", "Deeper==?base64?w6k=?=", "Raw=false"],
            Mirrored(modern.Single(request => request.Rpc == "tools/call"))
        );
        var plain = older.Single(request => request.Rpc == "tools/call");
        Assert.Empty(Mirrored(plain));
        Assert.Null(plain.Header("Mcp-Name"));
    }

    [Theory]
    [InlineData("""{"type":"object","x-mcp-header":"A"}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","x-mcp-header":""}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","x-mcp-header":"A B"}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","x-mcp-header":7}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","x-mcp-header":"A"}}}""")]
    [InlineData(
        """{"type":"object","properties":{"a":{"type":"string","x-mcp-header":"A"},"b":{"type":"string","x-mcp-header":"a"}}}"""
    )]
    [InlineData(
        """{"type":"object","properties":{"a":{"type":"array","items":{"type":"string","x-mcp-header":"A"}}}}"""
    )]
    [InlineData("""{"type":"object","anyOf":[{"properties":{"a":{"type":"string","x-mcp-header":"A"}}}]}""")]
    [InlineData(
        """{"type":"object","properties":{"big":{"type":"integer","x-mcp-header":"Big"}},"$comment":"beyond 2^53"}"""
    )]
    public async Task A_tool_with_an_invalid_mark_cannot_be_called_by_anybody(string schema)
    {
        var (result, requests) = await ProbeAsync(
            Specimens.HealthyDiscover,
            Tool("""{"readOnlyHint":true}""", schema),
            Call with
            {
                Arguments = """{"big":9007199254740993}""",
            }
        );

        Assert.DoesNotContain(requests, request => request.Rpc == "tools/call");
        Assert.Contains("x-mcp-header", Assert.Single(result.Findings).Detail, StringComparison.Ordinal);
        Assert.Equal(Forbidden, Expected.Of(result));
    }

    private static IEnumerable<string> Mirrored(SeenRequest request) =>
        request
            .Headers.Where(header => header.Key.StartsWith("Mcp-Param-", StringComparison.OrdinalIgnoreCase))
            .Select(header => $"{header.Key["Mcp-Param-".Length..]}={header.Value}")
            .Order(StringComparer.Ordinal);

    private static string[] Tool(string annotations, string schema = """{"type":"object"}""") =>
        [$$$"""{"name":"t","inputSchema":{{{schema.ReplaceLineEndings("")}}},"annotations":{{{annotations}}}}"""];

    private static async Task<(ProbeResult Result, IReadOnlyList<SeenRequest> Requests)> ProbeAsync(
        Specimen specimen,
        IReadOnlyList<string> tools,
        params TestCall[] calls
    )
    {
        await using var server = await FakeMcpServer.StartAsync(specimen with { Tools = tools });
        var order = Probes.Order(server.Url) with { Expectations = new Expectations { TestCalls = calls } };
        return (await Probes.ProbeAsync(order), server.Requests);
    }
}
