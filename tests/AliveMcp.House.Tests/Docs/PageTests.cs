using AliveMcp.House.Tests.Sources;

namespace AliveMcp.House.Tests.Docs;

public sealed class PageTests
{
    private static readonly PageRule Small = new(
        ["src/AliveMcp.Sauna/Stove/Heat.cs", "docs/house.md"],
        KnownWords.Of([new CodeFile("x.cs", "class Heat { void Rise() { } } // Cold")], ["AliveMcp.Sauna"])
    );

    [Fact]
    public void What_pages_name_exists()
    {
        var rule = new PageRule(Tree.Paths.ToHashSet(), KnownWords.OfTree());

        Faults.None(Tree.Pages.SelectMany(rule.Faults));
    }

    [Fact]
    public void The_story_of_a_minute_names_its_files()
    {
        var files = PageRule.FilesNamed(Tree.Read("docs/one-minute.md")).ToHashSet();

        Assert.InRange(files.Count, 25, 80);
    }

    [Theory]
    [InlineData("`Heat`")]
    [InlineData("`Heat.Rise()`")]
    [InlineData("`AliveMcp.Sauna`")]
    [InlineData("`src/AliveMcp.Sauna`")]
    [InlineData("`Stove/Heat.cs`")]
    [InlineData("`house.md`")]
    [InlineData("`POST`")]
    [InlineData("`/badge/{slug}.svg`")]
    [InlineData("`.alivemcp/run/api-key`")]
    [InlineData("`a sentence`")]
    [InlineData("```\n`Nowhere`\n```")]
    public void What_exists_or_is_no_name_of_ours_may_be_said(string text)
    {
        Assert.Empty(Small.Faults(new CodeFile("docs/x.md", text)));
    }

    [Theory]
    [InlineData("Cold")]
    [InlineData("Heat.Fall")]
    [InlineData("Result<Cold>.Nothing")]
    [InlineData("src/AliveMcp.Sauna/Stove/Cold.cs")]
    [InlineData("Cold.cs")]
    [InlineData("docs/gone.md")]
    [InlineData("AliveMcp.Sauna/Ice/")]
    public void Poisoned_a_name_that_does_not_exist_is_told(string name)
    {
        Assert.Equal(
            [$"docs/x.md:2 names `{name}`, which does not exist."],
            Small.Faults(new CodeFile("docs/x.md", $"A page.\nIt says `{name}`."))
        );
    }
}
