using System.Text.Json;
using AliveMcp.Contracts.Schemas;

namespace AliveMcp.Contracts.Tests.Schemas;

/// <summary>Patterns mean what ECMA-262 says, whatever the platform makes of them.</summary>
public sealed class EcmaPatternTests
{
    [Theory]
    [InlineData("^[a-c]+$", "abc", true)]
    [InlineData("^[a-c]+$", "abc\n", false)]
    [InlineData(@"^\d+$", "42", true)]
    [InlineData(@"^\d+$", "٤٢", false)]
    [InlineData(@"^[\d.]+$", "4.2", true)]
    [InlineData(@"^[\d.]+$", "٤", false)]
    [InlineData(@"^\w+$", "über", false)]
    [InlineData(@"^\W$", "ü", true)]
    [InlineData(@"^\D$", "٤", true)]
    [InlineData(@"^\$\d$", "$5", true)]
    [InlineData(@"^[$]$", "$", true)]
    [InlineData(@"^\\$", "\\", true)]
    [InlineData("^[a-z-[aeiou]+$", "[e-", true)]
    [InlineData(@"^[\]]$", "]", true)]
    [InlineData("a|b$", "xb", true)]
    [InlineData("a|b$", "bx", false)]
    public void A_pattern_is_matched_as_its_author_means_it(string pattern, string text, bool fits)
    {
        var schema = JsonSerializer.Serialize(new Dictionary<string, string> { ["pattern"] = pattern });
        Assert.True(JsonSchema.Read(schema).TryGet(out var read));

        Assert.Equal(fits, read.Check(JsonElement.Parse(JsonSerializer.Serialize(text))) is null);
    }
}
