using AliveMcp.Tenancy.ApiKeys;

namespace AliveMcp.Tenancy.Tests.ApiKeys;

public sealed class ApiKeyTokenTests
{
    private const string Good = "amcp_live_abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst";

    [Fact]
    public void A_new_token_is_read_back_as_itself()
    {
        var token = ApiKeyToken.New();

        Assert.True(ApiKeyToken.TryParse(token.Text, out var read));
        Assert.Equal(token.Text, read.Text);
        Assert.Equal(token.Hash(), read.Hash());
    }

    [Fact]
    public void No_two_tokens_are_alike()
    {
        var tokens = Enumerable.Range(0, 1_000).Select(_ => ApiKeyToken.New()).ToList();

        Assert.Equal(1_000, tokens.Select(token => token.Text).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(1_000, tokens.Select(token => token.Prefix).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Shown_by_accident_it_keeps_its_secret()
    {
        Assert.True(ApiKeyToken.TryParse(Good, out var token));

        Assert.Equal("amcp_live_abcdefghijkl…", $"{token}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("amcp_live_")]
    [InlineData("amcp_test_abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst")]
    [InlineData("AMCP_LIVE_abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst")]
    [InlineData("amcp_live_Abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst")]
    [InlineData("amcp_live_abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrs")]
    [InlineData("amcp_live_abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstu")]
    [InlineData("amcp_live_abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst\n")]
    [InlineData(" amcp_live_abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrs")]
    [InlineData("amcp_live_abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqr\0t")]
    [InlineData("amcp_live_abcdefghijkl' OR '1'='1'--4567abcdefghijklmnopqrst")]
    [InlineData("amcp_live_аbcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst")]
    [InlineData("amcp_live_abcdefghijklmnopqrstuvwxyz１34567abcdefghijklmnopqrst")]
    public void What_only_looks_like_a_token_is_none(string? text) => Assert.False(ApiKeyToken.TryParse(text, out _));
}
