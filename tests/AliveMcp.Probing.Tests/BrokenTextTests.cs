using System.Text;
using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests;

/// <summary>JSON lets pass what is no text: half of a character as an escape, bytes that are not UTF-8. None of it is a fault of ours.</summary>
public sealed class BrokenTextTests
{
    // Stands last: members are looked for from behind.
    private const string Half = "\"\\ud800 a name that is longer than any that is looked for\":1";

    private const string Server = "\"serverInfo\":{\"name\":\"fake\",\"version\":\"1.2.3\"}";
    private const string Modern = "\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}}";

    [Theory]
    [InlineData(
        "initialize",
        "\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}," + Server + "},HALF"
    )]
    [InlineData(
        "initialize",
        "\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}," + Server + ",HALF}"
    )]
    [InlineData("initialize", "\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{HALF}," + Server + "}")]
    [InlineData("server/discover", "\"result\":{" + Modern + ",HALF}")]
    [InlineData("server/discover", "\"error\":{\"code\":-32022,\"message\":\"no\",\"data\":{HALF},HALF}")]
    [InlineData("tools/list", "\"result\":{\"tools\":[],HALF}")]
    [InlineData("tools/list", "\"result\":{\"tools\":[{\"name\":\"a\",\"inputSchema\":{\"type\":\"object\"},HALF}]}")]
    [InlineData("tools/list", "\"result\":{\"tools\":[{\"name\":\"a\",\"inputSchema\":{\"type\":\"object\",HALF}}]}")]
    public async Task A_name_with_half_a_character_is_a_name_that_nobody_asks_for(string method, string rest)
    {
        var result = await Probes.ProbeAsync(Answering(method, rest));

        Assert.Equal((ServerState.Live, Why.None), (result.Attempt.State, result.Attempt.Why));
    }

    [Fact]
    public async Task An_error_beside_such_a_name_is_still_that_error()
    {
        var result = await Probes.ProbeAsync(
            Answering("tools/list", "\"error\":{\"code\":-32603,\"message\":\"gone\",HALF},HALF")
        );

        Assert.Equal((ServerState.Down, Why.ToolsError), (result.Attempt.State, result.Attempt.Why));
    }

    [Theory]
    [InlineData("\"content\":[],\"structuredContent\":{\"a\":1,HALF}", "$.structuredContent.a", null)]
    [InlineData("\"content\":[],\"structuredContent\":{\"a\":1,HALF}", null, """{"required":["b"]}""")]
    [InlineData("\"content\":[],\"structuredContent\":{\"a\":\"BYTES\"}", "$.structuredContent.b", null)]
    [InlineData("\"content\":[],\"structuredContent\":{\"BYTES\":1}", null, """{"properties":{"b":true}}""")]
    [InlineData("\"content\":[],\"structuredContent\":{},HALF", "$.structuredContent.b", null)]
    public async Task An_answer_that_cannot_be_read_lacks_what_is_expected(string answer, string? path, string? schema)
    {
        var call = new TestCall
        {
            Tool = "echo",
            AllowListed = true,
            JsonPath = path,
            Schema = schema,
        };
        var specimen = Answering("tools/call", $"\"result\":{{{answer}}}") with
        {
            Tools = ["""{"name":"echo","inputSchema":{"type":"object"}}"""],
        };

        var result = await Probes.ProbeAsync(
            specimen,
            order => order with { Expectations = new Expectations { TestCalls = [call] } }
        );

        Assert.Equal(Why.TestCallAssertion, result.Attempt.Why);
    }

    [Fact]
    public async Task A_type_that_is_not_utf_8_is_a_malformed_tool()
    {
        var result = await Probes.ProbeAsync(
            Answering("tools/list", "\"result\":{\"tools\":[{\"name\":\"a\",\"inputSchema\":{\"type\":\"BYTES\"}}]}")
        );

        Assert.Equal((ServerState.Degraded, Why.ToolsMalformed), (result.Attempt.State, result.Attempt.Why));
    }

    private static Specimen Answering(string method, string rest) =>
        (Specimens.Healthy with { SpeaksDiscover = method == "server/discover" }).On(
            method,
            call => SendAsync(call, $"{{\"jsonrpc\":\"2.0\",\"id\":{call.Id},{rest}}}")
        );

    private static async Task SendAsync(FakeCall call, string message)
    {
        var text = message.Replace("HALF", Half, StringComparison.Ordinal).Split("BYTES");
        byte[] bytes = [.. Encoding.UTF8.GetBytes(text[0])];
        foreach (var piece in text.Skip(1))
        {
            bytes = [.. bytes, 0xC3, 0x28, .. Encoding.UTF8.GetBytes(piece)];
        }

        call.Http.Response.ContentType = "application/json";
        await call.Http.Response.Body.WriteAsync(bytes, call.Gone);
    }
}
