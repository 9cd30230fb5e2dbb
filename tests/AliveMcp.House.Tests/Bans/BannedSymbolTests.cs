using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AliveMcp.House.Tests.Sources;

namespace AliveMcp.House.Tests.Bans;

/// <summary>A ban with a slip of the pen bans nothing and nobody notices: so every line is tried on the real compiler.</summary>
public sealed partial class BannedSymbolTests
{
    [Fact]
    public void Every_project_is_built_with_the_bans()
    {
        var props = XDocument.Parse(Tree.Read("Directory.Build.props"));

        Assert.Contains(
            props.Descendants("AdditionalFiles"),
            file => file.Attribute("Include")!.Value.EndsWith("BannedSymbols.txt", StringComparison.Ordinal)
        );
        Assert.Contains(
            props.Descendants("PackageReference"),
            package => package.Attribute("Include")!.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers"
        );
        Assert.Contains("dotnet_diagnostic.RS0030.severity = error", Tree.Read(".editorconfig"));
        Assert.DoesNotContain(Tree.Projects, path => Tree.Read(path).Contains("RS0030", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Poisoned_every_banned_symbol_is_refused_by_the_compiler()
    {
        var banned = Tree.Read("BannedSymbols.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var poison = Tree.Read("tests/AliveMcp.House.Tests/Bans/Poison.txt");
        var lines = poison.Split('\n').Count(line => line.Contains("// banned", StringComparison.Ordinal));

        var refused = Refusal()
            .Matches(await CompileAsync(poison))
            .Select(found => found.Groups["line"].Value)
            .ToHashSet();

        Assert.Equal(banned.Length, lines);
        Assert.Equal(
            poison
                .Split('\n')
                .Index()
                .Where(line => line.Item.Contains("// banned", StringComparison.Ordinal))
                .Select(line => $"{line.Index + 1}"),
            refused.OrderBy(line => int.Parse(line, System.Globalization.CultureInfo.InvariantCulture))
        );
    }

    /// <summary>Runs the SDK's own compiler on one file with the analyzer and the tree's list of bans; gives what it said.</summary>
    private static async Task<string> CompileAsync(string text)
    {
        var folder = Directory.CreateTempSubdirectory("alivemcp-bans-");
        try
        {
            var source = Path.Combine(folder.FullName, "Poison.cs");
            await File.WriteAllTextAsync(source, text, TestContext.Current.CancellationToken);
            string[] arguments =
            [
                "exec",
                Compiler(),
                "-noconfig",
                "-nologo",
                "-target:library",
                $"-out:{Path.Combine(folder.FullName, "Poison.dll")}",
                $"-additionalfile:{Path.Combine(Tree.Root, "BannedSymbols.txt")}",
                .. Analyzers().Select(path => $"-analyzer:{path}"),
                .. Platform().Select(path => $"-reference:{path}"),
                "-warnaserror+:RS0030",
                source,
            ];
            using var compiler = Process.Start(
                new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false }
            )!;
            var said = await compiler.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await compiler.WaitForExitAsync(TestContext.Current.CancellationToken);
            return said;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Compiler() =>
        Newest(Path.Combine(DotnetRoot(), "sdk"), folder => Path.Combine(folder, "Roslyn", "bincore", "csc.dll"));

    private static IEnumerable<string> Platform() =>
        Directory.EnumerateFiles(
            Path.GetDirectoryName(
                Newest(
                    Path.Combine(DotnetRoot(), "packs", "Microsoft.NETCore.App.Ref"),
                    folder => Path.Combine(folder, "ref", "net10.0", "System.Runtime.dll")
                )
            )!,
            "*.dll"
        );

    private static string[] Analyzers()
    {
        var version = XDocument
            .Parse(Tree.Read("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Single(package => package.Attribute("Include")!.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers")
            .Attribute("Version")!
            .Value;
        var packages =
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.GetFiles(
            Path.Combine(packages, "microsoft.codeanalysis.bannedapianalyzers", version, "analyzers", "dotnet", "cs"),
            "*.dll"
        );
    }

    /// <summary>The running platform lies in <c>shared/Microsoft.NETCore.App/version</c> under the root.</summary>
    private static string DotnetRoot() =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    private static string Newest(string folder, Func<string, string> file) =>
        Directory
            .EnumerateDirectories(folder)
            .Select(file)
            .Where(File.Exists)
            .OrderBy(path => path, StringComparer.Ordinal)
            .Last();

    [GeneratedRegex(@"\((?<line>\d+),\d+\): error RS0030")]
    private static partial Regex Refusal();
}
