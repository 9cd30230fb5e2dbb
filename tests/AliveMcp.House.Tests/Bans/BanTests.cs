using AliveMcp.House.Tests.Sources;

namespace AliveMcp.House.Tests.Bans;

public sealed class BanTests
{
    [Fact]
    public void No_test_skips_and_no_warning_is_off_without_a_reason()
    {
        Faults.None(Tree.Code.SelectMany(BanRule.Faults));
    }

    [Theory]
    [InlineData("[Fact(Skip = \"no server\")]")]
    [InlineData("[Theory(DisplayName = \"x\", SkipUnless = nameof(Here))]")]
    [InlineData("Assert.SkipWhen(true, \"no server\");")]
    public void Poisoned_a_skip_is_told(string line)
    {
        Assert.Equal(
            ["tests/X.cs:1 skips a test; a test that cannot run fails."],
            BanRule.Faults(new CodeFile("tests/X.cs", line))
        );
    }

    [Fact]
    public void Poisoned_a_pragma_without_a_reason_is_told()
    {
        const string text = "#pragma warning disable CA1 // the tool is wrong here\n#pragma warning disable CA2\n";

        Assert.Equal(
            ["src/X.cs:2 switches a warning off and does not say why."],
            BanRule.Faults(new CodeFile("src/X.cs", text))
        );
    }
}
