using AliveMcp.Contracts.Screening;

namespace AliveMcp.Contracts.Tests.Screening;

public sealed class ListWeightTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("hello world", 2)]
    [InlineData("internationalization", 3)]
    [InlineData("123456", 2)]
    [InlineData("{\"a\":1}", 5)]
    [InlineData("  \n", 0)]
    [InlineData("天气", 2)]
    [InlineData("погода", 3)]
    public void Tokens_are_counted_by_the_rule(string text, int tokens)
    {
        Assert.Equal(tokens, ListWeight.Of(System.Text.Encoding.UTF8.GetBytes(text)).EstimatedTokens);
    }

    [Fact]
    public void Bytes_are_the_length_and_anything_can_be_weighed()
    {
        Assert.Equal(new ListWeight(4, 4), ListWeight.Of([0xC3, 0x28, 0xFF, 0xFE]) with { EstimatedTokens = 4 });
        Assert.Equal(2, ListWeight.Of("é"u8).Bytes);
    }
}
