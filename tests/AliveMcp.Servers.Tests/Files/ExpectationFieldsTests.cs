using AliveMcp.Servers.Files;

namespace AliveMcp.Servers.Tests.Files;

/// <summary>What is refused about test calls, health URLs and times, and by which words.</summary>
public sealed class ExpectationFieldsTests
{
    [Theory]
    [InlineData("test_calls: 7", "servers[0].test_calls", "is a single value; write a list of mappings")]
    [InlineData("test_calls: [7]", "servers[0].test_calls[0]", "is a single value; write a mapping")]
    [InlineData("test_calls: [{}]", "servers[0].test_calls[0].tool", "every test call names a tool")]
    [InlineData("test_calls: [{tool: ''}]", "servers[0].test_calls[0].tool", "is empty")]
    [InlineData(
        "test_calls: [{tool: t, argument: {}}]",
        "servers[0].test_calls[0].argument",
        "did you mean 'arguments'?"
    )]
    [InlineData(
        "test_calls: [{tool: t, arguments: [1]}]",
        "servers[0].test_calls[0].arguments",
        "is a list; write a mapping"
    )]
    [InlineData(
        "test_calls: [{tool: t, arguments: '{}'}]",
        "servers[0].test_calls[0].arguments",
        "is a single value; write a mapping"
    )]
    [InlineData("test_calls: [{tool: t, allow: yes}]", "servers[0].test_calls[0].allow", "'yes' is not known")]
    [InlineData(
        "test_calls: [{tool: t, json_path: status}]",
        "servers[0].test_calls[0].json_path",
        "'status' does not begin with $"
    )]
    [InlineData("test_calls: [{tool: t, json_path: '$.a['}]", "servers[0].test_calls[0].json_path", "is no JSONPath")]
    [InlineData(
        "test_calls: [{tool: t, json_path: '$[?(@.a =~ /x/)]'}]",
        "servers[0].test_calls[0].json_path",
        "regular expression"
    )]
    [InlineData("test_calls: [{tool: t, equals: 1}]", "servers[0].test_calls[0].equals", "without json_path")]
    [InlineData(
        "test_calls: [{tool: t, schema: {type: float}}]",
        "servers[0].test_calls[0].schema",
        "/type is none of"
    )]
    [InlineData(
        "test_calls: [{tool: t, schema: {unevaluatedProperties: false}}]",
        "servers[0].test_calls[0].schema",
        "/unevaluatedProperties is not supported"
    )]
    [InlineData("test_calls: [{tool: t, schema: [1]}]", "servers[0].test_calls[0].schema", "is no schema")]
    [InlineData(
        "test_calls: [{tool: t, within: 3}]",
        "servers[0].test_calls[0].within",
        "'3' is no duration from 1ms to 30s"
    )]
    [InlineData("test_calls: [{tool: t, within: 31s}]", "servers[0].test_calls[0].within", "no duration")]
    [InlineData("test_calls: [{tool: t, within: 0.0005s}]", "servers[0].test_calls[0].within", "no duration")]
    [InlineData("test_calls: [{tool: t, failure: dead}]", "servers[0].test_calls[0].failure", "'dead' is not known")]
    public void A_wrong_test_call_is_named_with_its_place_and_what_would_be_right(
        string field,
        string place,
        string words
    ) => Refuses(field, place, words);

    [Theory]
    [InlineData("health: https://a.example/health", "servers[0].health", "is a single value; write a mapping")]
    [InlineData("health: {}", "servers[0].health.url", "health has a url")]
    [InlineData("health: {url: 'https://u:p@a.example/'}", "servers[0].health.url", "user name or password")]
    [InlineData("health: {url: 'ftp://a.example/'}", "servers[0].health.url", "not an absolute http or https URL")]
    [InlineData(
        "health: {url: 'https://a.example/', every: 6}",
        "servers[0].health.every",
        "'6' is not 1 to 5 minutes"
    )]
    [InlineData("health: {url: 'https://a.example/', every: 0}", "servers[0].health.every", "not 1 to 5")]
    [InlineData("health: {url: 'https://a.example/', every: 5m}", "servers[0].health.every", "not 1 to 5")]
    [InlineData("health: {url: 'https://a.example/', status: ok}", "servers[0].health.status", "an HTTP status")]
    [InlineData(
        "health: {url: 'https://a.example/', body: ok}",
        "servers[0].health.body",
        "is no field of a health URL"
    )]
    [InlineData("timeout: 31s", "servers[0].timeout", "'31s' is no duration from 1s to 30s")]
    [InlineData("timeout: [1s]", "servers[0].timeout", "is a list; write a duration from 1s to 30s")]
    [InlineData("slow_after: 5", "servers[0].slow_after", "for example 800ms or 2.5s")]
    public void A_wrong_health_url_or_time_is_named_with_its_place_and_what_would_be_right(
        string field,
        string place,
        string words
    ) => Refuses(field, place, words);

    [Fact]
    public void Ten_calls_are_the_most()
    {
        string Text(int count) =>
            $"servers: [{{slug: a, url: 'https://a.example', test_calls: [{string.Join(',', Enumerable.Repeat("{tool: t}", count))}]}}]";

        Assert.Empty(FileReader.Read(Text(10)).Problems);
        Assert.Contains(
            "10 are the most",
            Assert.Single(FileReader.Read(Text(11)).Problems).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.50", "1.50")]
    [InlineData("-0e7", "-0e7")]
    [InlineData("007", "\"007\"")]
    [InlineData("'1'", "\"1\"")]
    [InlineData("true", "true")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("null", "null")]
    [InlineData("~", "null")]
    [InlineData("'null'", "\"null\"")]
    [InlineData("[1, a]", "[1,\"a\"]")]
    [InlineData("{a: {b: []}}", "{\"a\":{\"b\":[]}}")]
    [InlineData("2026-01-01", "\"2026-01-01\"")]
    [InlineData("\"\\u00fc\"", "\"ü\"")]
    public void A_value_is_compared_as_json_reads_it(string yaml, string json)
    {
        var read = FileReader.Read(
            $"servers: [{{slug: a, url: 'https://a.example', test_calls: [{{tool: t, json_path: $.a, equals: {yaml}}}]}}]"
        );

        Assert.Empty(read.Problems);
        Assert.Equal(json, read.Entries[0].TestCalls[0].JsonPathEquals);
    }

    private static void Refuses(string field, string place, string words)
    {
        var read = FileReader.Read($"servers: [{{slug: a, url: 'https://a.example/mcp', {field}}}]");

        var problem = Assert.Single(read.Problems);
        Assert.Equal(place, problem.Field);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.Contains("line 1", problem.Message, StringComparison.Ordinal);
    }
}
