using AliveMcp.House.Tests.Sources;

namespace AliveMcp.House.Tests.Names;

public sealed class NameTests
{
    [Fact]
    public void Names_say_something_and_namespaces_are_folders()
    {
        Faults.None(Tree.Code.SelectMany(NameRule.Faults));
    }

    [Fact]
    public void Public_types_and_settings_of_rooms_say_what_they_are()
    {
        var rooms = Tree.Code.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal));

        Faults.None(NameRule.DocstringFaults([.. rooms]));
    }

    [Theory]
    [InlineData("UrlHelper")]
    [InlineData("ServerManager")]
    [InlineData("AlertService")]
    [InlineData("MinuteData")]
    [InlineData("VerdictDto")]
    public void Poisoned_a_name_that_says_nothing_is_told(string name)
    {
        var file = new CodeFile(
            "src/AliveMcp.Sauna/X.cs",
            $"namespace AliveMcp.Sauna;\n\ninternal sealed class {name};\n"
        );

        var fault = Assert.Single(NameRule.Faults(file));
        Assert.StartsWith($"src/AliveMcp.Sauna/X.cs:3 {name} ends in ", fault);
    }

    [Fact]
    public void Poisoned_a_namespace_beside_its_folder_is_told()
    {
        var file = new CodeFile("src/AliveMcp.Sauna/Stove/Heat.cs", "namespace AliveMcp.Sauna;\n");

        Assert.Equal(
            ["src/AliveMcp.Sauna/Stove/Heat.cs is in namespace AliveMcp.Sauna; its folder says AliveMcp.Sauna.Stove."],
            NameRule.Faults(file)
        );
    }

    [Fact]
    public void Poisoned_a_silent_public_type_and_a_silent_setting_are_told()
    {
        const string text = """
            namespace AliveMcp.Sauna;

            public sealed class SaunaOptions
            {
                /// <summary>Degrees, 60 to 110. Default 80.</summary>
                public int Heat { get; init; } = 80;

                public TimeSpan Stay { get; init; }
            }
            """;

        Assert.Equal(
            [
                "src/AliveMcp.Sauna/SaunaOptions.cs:3 SaunaOptions is public and has no ///.",
                "src/AliveMcp.Sauna/SaunaOptions.cs:8 the setting Stay has no ///.",
            ],
            NameRule.DocstringFaults([new CodeFile("src/AliveMcp.Sauna/SaunaOptions.cs", text)])
        );
    }
}
