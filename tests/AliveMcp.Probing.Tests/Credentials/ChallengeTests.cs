using AliveMcp.Probing.Credentials;

namespace AliveMcp.Probing.Tests.Credentials;

public sealed class ChallengeTests
{
    [Theory]
    [InlineData("Bearer resource_metadata=\"https://a.example/x\"", "https://a.example/x")]
    [InlineData("Bearer resource_metadata=https://a.example/x, scope=a", "https://a.example/x")]
    [InlineData("bearer RESOURCE_METADATA = \"https://a.example/x\"", "https://a.example/x")]
    [InlineData("Basic realm=\"a\", Bearer realm=\"b, c\", resource_metadata=\"y\"", "y")]
    [InlineData("Bearer realm=\"resource_metadata=\\\"no\\\"\", resource_metadata=\"yes\"", "yes")]
    [InlineData("Bearer realm=\"resource_metadata=no\"", null)]
    [InlineData("Bearer x_resource_metadata=\"no\"", null)]
    [InlineData("Bearer resource_metadata", null)]
    [InlineData("Bearer resource_metadata=", "")]
    [InlineData("Bearer resource_metadata=\"open end", "open end")]
    [InlineData("Bearer resource_metadata=\"open end\\", "open end\\")]
    [InlineData("\"", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_parameter_is_read_as_strangers_write_it(string? header, string? value)
    {
        Assert.Equal(value, Challenge.Parameter(header, "resource_metadata"));
    }

    [Fact]
    public void Nothing_that_a_stranger_writes_makes_it_stumble()
    {
        var random = new Random(7);
        var pieces = new[] { "Bearer", " ", ",", "=", "\"", "\\", "resource_metadata", "\t", "a", "é" };
        for (var round = 0; round < 20_000; round++)
        {
            var header = string.Concat(Enumerable.Range(0, 12).Select(_ => pieces[random.Next(pieces.Length)]));

            var value = Challenge.Parameter(header, "resource_metadata");

            Assert.True(value is null || header.Contains("resource_metadata", StringComparison.Ordinal));
        }
    }
}
