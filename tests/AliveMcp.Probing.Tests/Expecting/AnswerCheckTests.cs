using System.Text.Json;
using AliveMcp.Probing.Expecting;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests.Expecting;

public sealed class AnswerCheckTests
{
    private const string Structured = """
        {"content":[{"type":"text","text":"Sunny, 21 degrees"},{"type":"image","text":"hidden"}],"structuredContent":{"city":"Bern","degrees":21.0,"days":[{"sky":"sunny"},{"sky":"rain"}]}}
        """;

    private const string Textual = """{"content":[{"type":"text","text":"{\"city\":\"Bern\"}"}]}""";

    private static readonly TestCall Call = new() { Tool = "t" };

    [Fact]
    public void Who_asks_for_nothing_gets_an_answer_that_is_well_formed() => Assert.Null(Check(Structured, Call));

    [Theory]
    [InlineData("Sunny", null)]
    [InlineData("hidden", "expected text that contains 'hidden', got 'Sunny, 21 degrees'")]
    [InlineData("sunny", "expected text that contains 'sunny', got 'Sunny, 21 degrees'")]
    public void A_text_must_stand_in_one_of_the_texts(string wanted, string? detail) =>
        Assert.Equal(detail, Check(Structured, Call with { Contains = wanted })?.Detail);

    [Fact]
    public void Where_there_is_no_text_none_is_found() =>
        Assert.Equal(
            "expected text that contains 'x', got no text",
            Check("""{"content":[]}""", Call with { Contains = "x" })?.Detail
        );

    [Theory]
    [InlineData("$.structuredContent.city", null, null)]
    [InlineData("$.structuredContent.city", "\"Bern\"", null)]
    [InlineData("$.structuredContent.degrees", "21", null)]
    [InlineData("$.structuredContent.land", null, "expected something at $.structuredContent.land, got nothing")]
    [InlineData("$.structuredContent.city", "\"Rome\"", "expected \"Rome\" at $.structuredContent.city, got \"Bern\"")]
    [InlineData(
        "$.structuredContent.days[*].sky",
        "\"sunny\"",
        "expected \"sunny\" at $.structuredContent.days[*].sky, got \"rain\""
    )]
    public void A_path_must_lead_to_what_is_expected(string path, string? equals, string? detail) =>
        Assert.Equal(detail, Check(Structured, Call with { JsonPath = path, JsonPathEquals = equals })?.Detail);

    [Theory]
    [InlineData(Structured, """{"required":["city"]}""", null)]
    [InlineData(Structured, """{"required":["land"]}""", "expected a member \"land\", got ")]
    [InlineData(Textual, """{"properties":{"city":{"const":"Bern"}}}""", null)]
    [InlineData(Textual, """{"properties":{"city":{"const":"Rome"}}}""", "expected \"Rome\" at /city, got \"Bern\"")]
    [InlineData("""{"content":[]}""", "{}", "expected structuredContent or one JSON text")]
    [InlineData(
        """{"content":[{"type":"text","text":"Sunny"}]}""",
        "{}",
        "expected JSON to check the schema on, got 'Sunny'"
    )]
    public void The_structured_answer_must_fit_a_schema(string result, string schema, string? detail)
    {
        var fault = Check(result, Call with { Schema = schema });

        if (detail is null)
        {
            Assert.Null(fault);
        }
        else
        {
            Assert.StartsWith(detail, fault!.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_answer_may_take_no_longer_than_its_owner_allows()
    {
        var call = Call with { Within = TimeSpan.FromMilliseconds(500) };

        Assert.Null(Check(Structured, call, milliseconds: 500));
        Assert.Equal(
            "expected an answer within 500 ms, got it in 501 ms",
            Check(Structured, call, milliseconds: 501)?.Detail
        );
    }

    [Fact]
    public void A_slower_answer_never_lacks_less()
    {
        foreach (var limit in new[] { 0, 100, 2_000 })
        {
            var call = Call with { Within = TimeSpan.FromMilliseconds(limit) };
            var lacked = false;
            for (var took = 0; took < 3_000; took += 50)
            {
                var lacks = Check(Structured, call, took) is not null;
                Assert.True(lacks || !lacked);
                lacked = lacks;
            }
        }
    }

    [Theory]
    [InlineData("""{"content":[],"isError":true}""", Why.TestCallIsError)]
    [InlineData("""{"content":[{"type":"text","text":"\ud800"}],"isError":true}""", Why.TestCallIsError)]
    [InlineData("""{"resultType":"input_required"}""", Why.TestCallNeedsInput)]
    [InlineData("""{"resultType":"input_required","inputRequests":[],"isError":true}""", Why.TestCallNeedsInput)]
    [InlineData("""{"resultType":"complete","content":[]}""", Why.None)]
    [InlineData("""{"resultType":1,"content":[]}""", Why.TestCallAssertion)]
    [InlineData("""{"content":{}}""", Why.TestCallAssertion)]
    [InlineData("""{"content":[],"isError":"true"}""", Why.None)]
    [InlineData("""{"structuredContent":{}}""", Why.None)]
    [InlineData("null", Why.TestCallAssertion)]
    public void Every_shape_has_its_reason(string result, Why why) =>
        Assert.Equal(why, Check(result, Call)?.Why ?? Why.None);

    private static AnswerFault? Check(string result, TestCall call, int milliseconds = 10) =>
        AnswerCheck.Check(JsonElement.Parse(result), call, TimeSpan.FromMilliseconds(milliseconds));
}
