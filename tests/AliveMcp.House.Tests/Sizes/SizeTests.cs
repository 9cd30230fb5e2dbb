using AliveMcp.House.Tests.Sources;

namespace AliveMcp.House.Tests.Sizes;

public sealed class SizeTests
{
    private static readonly string[] HandWritten =
    [
        ".razor",
        ".css",
        ".js",
        ".cjs",
        ".lua",
        ".sh",
        ".sql",
        "README.md",
    ];

    [Fact]
    public void Files_and_members_are_small()
    {
        Faults.None(Tree.Code.SelectMany(SizeRule.Faults));
    }

    [Fact]
    public void Scripts_pages_and_readmes_are_small()
    {
        var texts = Tree.Paths.Where(path => HandWritten.Any(end => path.EndsWith(end, StringComparison.Ordinal)));

        Faults.None(texts.SelectMany(path => SizeRule.TextFaults(path, Tree.Read(path))));
    }

    [Fact]
    public void Every_project_of_the_program_says_in_a_readme_what_comes_in_and_what_goes_out()
    {
        Faults.None(SizeRule.SilentProjects(Tree.Paths));
    }

    [Fact]
    public void Poisoned_a_project_without_a_readme_is_told()
    {
        Assert.Equal(
            ["src/AliveMcp.Sauna has no README.md."],
            SizeRule.SilentProjects([
                "src/AliveMcp.Sauna/AliveMcp.Sauna.csproj",
                "src/AliveMcp.Pool/README.md",
                "src/AliveMcp.Pool/AliveMcp.Pool.csproj",
            ])
        );
    }

    [Fact]
    public void Poisoned_a_long_file_is_told()
    {
        var file = new CodeFile("src/Long.cs", string.Concat(Enumerable.Repeat("// why\n", 301)));

        Assert.Contains("src/Long.cs has 301 lines; 300 at most.", SizeRule.Faults(file));
    }

    [Fact]
    public void Poisoned_a_long_method_is_told()
    {
        var body = string.Concat(Enumerable.Repeat("        Say();\n", 58));
        var file = new CodeFile(
            "src/Talk.cs",
            $"namespace A;\n\nclass Talk\n{{\n    public void Short() {{ }}\n\n    public void Long()\n    {{\n{body}    }}\n}}\n"
        );

        Assert.Equal(["src/Talk.cs:7 Long has 61 lines; 60 at most."], SizeRule.Faults(file));
    }

    [Fact]
    public void Poisoned_a_long_top_level_program_is_told()
    {
        var file = new CodeFile("src/Program.cs", string.Concat(Enumerable.Repeat("Run();\n", 61)));

        Assert.Equal(["src/Program.cs:1 Program.cs has 61 lines; 60 at most."], SizeRule.Faults(file));
    }

    [Fact]
    public void Poisoned_a_long_readme_of_a_room_is_told()
    {
        Assert.Equal(
            ["src/AliveMcp.Sauna/README.md has 26 lines; 25 at most."],
            SizeRule.TextFaults("src/AliveMcp.Sauna/README.md", new string('\n', 25) + "x")
        );
    }

    [Fact]
    public void A_table_in_a_field_is_data_and_no_method()
    {
        var rows = string.Concat(Enumerable.Repeat("        [1] = new(2),\n", 80));
        var file = new CodeFile(
            "src/Rows.cs",
            $"namespace A;\nclass Rows\n{{\n    static Map All = new()\n    {{\n{rows}    }};\n}}\n"
        );

        Assert.Empty(SizeRule.Faults(file));
    }
}
