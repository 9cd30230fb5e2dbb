using AliveMcp.House.Tests.Sources;

namespace AliveMcp.House.Tests.Map;

public sealed class MapTests
{
    private const string Page = """
        | project | may reference |
        |---|---|
        | Vocabulary | - |
        | Storage, Egress | Vocabulary |
        | Probing | Vocabulary, Egress |

        | project | never reaches |
        |---|---|
        | Probing | Npgsql |
        """;

    private static readonly ReferenceMap Map = ReferenceMap.Read(Tree.Read("docs/architecture.md"));

    private static readonly ReferenceMap Small = ReferenceMap.Read(Page);

    [Fact]
    public void Project_files_keep_to_the_map()
    {
        Faults.None(MapRule.Faults(Map, References.OfProjects()));
    }

    [Fact]
    public void Compiled_assemblies_keep_to_the_map()
    {
        var projects = References.OfProjects();
        var ours = References
            .OfAssemblies()
            .Where(assembly => projects.ContainsKey(assembly.Key))
            .ToDictionary(
                assembly => assembly.Key,
                assembly => (IReadOnlyList<string>)[.. assembly.Value.Where(projects.ContainsKey)],
                StringComparer.Ordinal
            );

        Assert.Equal(projects.Keys.Order(), ours.Keys.Order());
        Faults.None(MapRule.Faults(Map, ours));
    }

    [Fact]
    public void No_project_reaches_what_a_wall_keeps_from_it()
    {
        Assert.NotEmpty(Map.NeverReaches);
        Faults.None(MapRule.WallFaults(Map, References.OfAssemblies()));
    }

    [Fact]
    public void Tests_have_their_row_too()
    {
        Assert.Equal(["any"], Map.MayReference["tests/*"]);
    }

    [Fact]
    public void Poisoned_a_reference_that_the_map_does_not_allow_is_told()
    {
        var actual = Actual(
            ("Vocabulary", []),
            ("Storage", []),
            ("Egress", []),
            ("Probing", ["Vocabulary", "Storage"])
        );

        Assert.Equal(["Probing references Storage; the map allows Vocabulary, Egress."], MapRule.Faults(Small, actual));
    }

    [Fact]
    public void Poisoned_a_project_without_a_row_is_told()
    {
        var actual = Actual(("Vocabulary", []), ("Storage", []), ("Egress", []), ("Probing", []), ("Sauna", []));

        Assert.Equal(["Sauna has no row in the map of docs/architecture.md."], MapRule.Faults(Small, actual));
    }

    [Fact]
    public void Poisoned_a_row_without_a_project_is_told()
    {
        var actual = Actual(("Vocabulary", []), ("Storage", []), ("Egress", []));

        Assert.Equal(["The map has a row for Probing, which does not exist."], MapRule.Faults(Small, actual));
    }

    [Fact]
    public void Poisoned_a_wall_is_seen_through_other_projects()
    {
        var actual = Actual(("Probing", ["Storage"]), ("Storage", ["Npgsql"]));

        Assert.Equal(["Probing reaches Npgsql through Storage."], MapRule.WallFaults(Small, actual));
    }

    [Fact]
    public void Poisoned_a_project_file_s_references_are_read()
    {
        const string project =
            """<Project><ItemGroup><ProjectReference Include="..\AliveMcp.Egress\AliveMcp.Egress.csproj" /></ItemGroup></Project>""";

        var read = References.OfProjects(["src/AliveMcp.Probing/AliveMcp.Probing.csproj"], _ => project);

        Assert.Equal(["Egress"], read["Probing"]);
    }

    private static Dictionary<string, IReadOnlyList<string>> Actual(
        params (string Name, string[] References)[] projects
    ) =>
        projects.ToDictionary(
            project => project.Name,
            project => (IReadOnlyList<string>)project.References,
            StringComparer.Ordinal
        );
}
