using System.Text.Json;
using AliveMcp.Contracts.Queries;

namespace AliveMcp.Contracts.Tests.Queries;

public sealed class JsonPathQueryTests
{
    private const string Answer = """
        {"status":"ok","big":12345678901234567890.10,"days":[{"sky":"sun","t":1},{"sky":"rain","t":2},{"t":3}],"at":"2026-01-01T00:00:00Z","a b":{"c":null}}
        """;

    [Theory]
    [InlineData("$.status", "\"ok\"")]
    [InlineData("$.days[0].sky", "\"sun\"")]
    [InlineData("$.days[-1:].t", "3")]
    [InlineData("$.days[*].t", "1 2 3")]
    [InlineData("$.days[0,1].t", "1 2")]
    [InlineData("$.days[1:3].t", "2 3")]
    [InlineData("$..sky", "\"sun\" \"rain\"")]
    [InlineData("$.days[?(@.t > 1)].t", "2 3")]
    [InlineData("$.days[?(@.sky == 'rain')].t", "2")]
    [InlineData("$['a b'].c", "null")]
    [InlineData("$.at", "\"2026-01-01T00:00:00Z\"")]
    [InlineData("$.big", "12345678901234567890.10")]
    [InlineData("$.nowhere", "")]
    [InlineData("$.days[7]", "")]
    public void It_selects_what_stands_there_as_it_was_written(string path, string expected) =>
        Assert.Equal(expected, string.Join(' ', Select(path, Answer)!.Select(value => value.GetRawText())));

    [Fact]
    public void The_root_is_the_value_itself() => Assert.Equal("[1]", Assert.Single(Select("$", "[1]")!).GetRawText());

    [Theory]
    [InlineData("status", "does not begin with $")]
    [InlineData("", "does not begin with $")]
    [InlineData("$.days[", "is no JSONPath")]
    [InlineData("$.days[?(@.t >]", "is no JSONPath")]
    [InlineData("$.a[?(@.b =~ /x/)]", "regular expression")]
    [InlineData("$..a..b..c", "more than 2 descents")]
    [InlineData("$.a b\u202e[", "\\u{202e}")]
    public void What_cannot_be_evaluated_is_refused(string path, string why)
    {
        var read = JsonPathQuery.Read(path);

        Assert.False(read.TryGet(out _));
        Assert.Contains(why, read.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_may_not_be_endless() =>
        Assert.False(JsonPathQuery.Read("$." + new string('a', 400)).TryGet(out _));

    [Fact]
    public void What_is_too_large_or_too_deep_is_not_searched()
    {
        Assert.Null(Select("$.a", $"\"{new string('a', JsonPathQuery.MaxText)}\""));
        Assert.Null(Select("$.a", new string('[', 64) + "[1]" + new string(']', 64), depth: 100));
        Assert.Null(Select("$.a", "[" + new string('9', 500) + "]"));
    }

    [Fact]
    public void Any_path_is_read_or_refused_and_never_throws()
    {
        const string letters = "$.[]*?()@'\"=<>&|!:,-0123 abc~\\/";
        var random = new Random(7);
        for (var i = 0; i < 3_000; i++)
        {
            var path =
                "$"
                + string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => letters[random.Next(letters.Length)]));
            if (JsonPathQuery.Read(path).TryGet(out var query))
            {
                _ = query.Select(JsonElement.Parse(Answer));
            }
        }
    }

    private static IReadOnlyList<JsonElement>? Select(string path, string json, int depth = 64)
    {
        Assert.True(JsonPathQuery.Read(path).TryGet(out var query));
        return query.Select(JsonElement.Parse(json, new JsonDocumentOptions { MaxDepth = depth }));
    }
}
