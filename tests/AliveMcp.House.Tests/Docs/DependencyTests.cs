using AliveMcp.House.Tests.Sources;

namespace AliveMcp.House.Tests.Docs;

public sealed class DependencyTests
{
    [Fact]
    public void Every_dependency_has_its_row_and_every_row_its_dependency()
    {
        var projects = Tree.Projects.Append("Directory.Packages.props").Append("Directory.Build.props");
        var lists = Tree.Paths.Where(path => path.EndsWith("/package.json", StringComparison.Ordinal));
        var dependencies = projects
            .SelectMany(path => DependencyRule.PackagesOf(Tree.Read(path)))
            .Concat(lists.SelectMany(path => DependencyRule.NamesOf(Tree.Read(path))))
            .Concat(DependencyRule.NamesOf(Tree.Read(".config/dotnet-tools.json")))
            .ToHashSet(StringComparer.Ordinal);

        Faults.None(DependencyRule.Faults(dependencies, Tree.Read("docs/dependencies.md")));
    }

    [Fact]
    public void Poisoned_a_dependency_without_a_row_and_a_row_without_a_dependency_are_told()
    {
        const string props =
            """<Project><ItemGroup><PackageVersion Include="Left.Pad" Version="1.0.0" /></ItemGroup></Project>""";
        const string page = "| package | why |\n|---|---|\n| `Right.Pad` | it pads |\n";

        Assert.Equal(
            [
                "Left.Pad has no row in docs/dependencies.md.",
                "docs/dependencies.md has a row for Right.Pad, which nothing uses.",
            ],
            DependencyRule.Faults([.. DependencyRule.PackagesOf(props)], page)
        );
    }

    [Fact]
    public void Poisoned_dependencies_of_npm_and_tools_are_read()
    {
        Assert.Equal(
            ["a", "b"],
            DependencyRule.NamesOf("""{"dependencies":{"a":"1"},"devDependencies":{"b":"2"},"name":"c"}""")
        );
    }

    [Fact]
    public void Lock_files_of_npm_name_no_registry_so_that_they_install_from_any()
    {
        var locks = Tree.Paths.Where(path => path.EndsWith("package-lock.json", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(locks);
        Assert.DoesNotContain(locks, path => Tree.Read(path).Contains("\"resolved\"", StringComparison.Ordinal));
    }
}
