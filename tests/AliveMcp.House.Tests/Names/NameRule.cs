using System.Text.RegularExpressions;
using AliveMcp.House.Tests.Sources;

namespace AliveMcp.House.Tests.Names;

/// <summary>Types are nouns of the product or doers; a name that says nothing is refused. Namespaces are folders.</summary>
internal static partial class NameRule
{
    private static readonly string[] SaysNothing =
    [
        "Helper",
        "Helpers",
        "Util",
        "Utils",
        "Manager",
        "Service",
        "Processor",
        "Common",
        "Core",
        "Base",
        "Impl",
        "Info",
        "Data",
        "Dto",
        "ViewModel",
        "V2",
    ];

    public static IEnumerable<string> Faults(CodeFile file)
    {
        foreach (var type in file.Types)
        {
            if (SaysNothing.FirstOrDefault(end => type.Name.EndsWith(end, StringComparison.Ordinal)) is { } end)
            {
                yield return $"{file.Path}:{type.Line} {type.Name} ends in {end}, which says nothing.";
            }
        }

        var folder = Path.GetDirectoryName(file.Path)!.Replace('\\', '/');
        var expected = string.Join('.', folder.Split('/').Skip(1));
        foreach (var found in Namespace().Matches(file.Code).Select(found => found.Groups["name"].Value))
        {
            if (found != expected)
            {
                yield return $"{file.Path} is in namespace {found}; its folder says {expected}.";
            }
        }
    }

    /// <summary>A public type of a room is what another room reads first: it says what it is, in one of its files.</summary>
    public static IEnumerable<string> DocstringFaults(IReadOnlyCollection<CodeFile> files)
    {
        var told = files
            .SelectMany(file => file.Types.Where(type => type.HasDocstring).Select(type => FullName(file, type)))
            .ToHashSet();
        var silent =
            from file in files
            from type in file.Types
            where type is { IsPublic: true, HasDocstring: false } && !told.Contains(FullName(file, type))
            select $"{file.Path}:{type.Line} {type.Name} is public and has no ///.";
        return silent.Concat(files.SelectMany(SettingFaults));
    }

    private static string FullName(CodeFile file, CodeType type) => $"{Path.GetDirectoryName(file.Path)}/{type.Name}";

    private static IEnumerable<string> SettingFaults(CodeFile file)
    {
        if (!file.Path.EndsWith("Options.cs", StringComparison.Ordinal))
        {
            yield break;
        }

        foreach (var setting in Setting().Matches(file.Code).Cast<Match>())
        {
            var line = file.Code.AsSpan(0, setting.Index).Count('\n');
            if (!file.HasDocstringAbove(line))
            {
                yield return $"{file.Path}:{line + 1} the setting {setting.Groups["name"].Value} has no ///.";
            }
        }
    }

    [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"^[ ]+public (?!static|sealed|const)(?:required )?[^(\n]+ (?<name>\w+) \{ get;",
        RegexOptions.Multiline
    )]
    private static partial Regex Setting();
}
