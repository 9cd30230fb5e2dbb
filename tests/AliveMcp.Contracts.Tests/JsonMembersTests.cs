using System.Text.Json;

namespace AliveMcp.Contracts.Tests;

public sealed class JsonMembersTests
{
    private const string Half = "\"\\ud800 a name that is longer than any that is looked for\":0";

    [Theory]
    [InlineData("{\"a\":1}", "a", "1")]
    [InlineData("{\"a\":1,\"a\":2}", "a", "2")]
    [InlineData("{\"\\u0061\":1,HALF}", "a", "1")]
    [InlineData("{\"a\":1,\"\\u0061\":2,HALF}", "a", "2")]
    [InlineData("{\"ä\":1,HALF}", "ä", "1")]
    [InlineData("{HALF,\"b\":1}", "a", null)]
    [InlineData("{\"b\":1,HALF}", "a", null)]
    [InlineData("{}", "a", null)]
    [InlineData("[1]", "a", null)]
    [InlineData("null", "a", null)]
    public void A_member_is_found_whatever_stands_beside_it(string json, string name, string? expected)
    {
        var owner = JsonElement.Parse(json.Replace("HALF", Half, StringComparison.Ordinal));

        var found = JsonMembers.TryFind(owner, name, out var value);

        Assert.Equal((expected is not null, expected), (found, found ? value.GetRawText() : null));
    }

    [Theory]
    [InlineData("{\"a\":1}", "a")]
    [InlineData("{\"\\u0061\\n\":1}", "a\n")]
    [InlineData("{\"a\\ud83d\\ude00\":1}", "a\ud83d\ude00")]
    public void A_name_is_read_whatever_is_in_it(string json, string expected)
    {
        var member = Assert.Single(JsonElement.Parse(json).EnumerateObject().ToList());

        Assert.Equal(expected, JsonMembers.NameOf(member));
    }
}
