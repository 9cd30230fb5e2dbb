using System.Globalization;
using AliveMcp.Hosting.Start;
using AliveMcp.Vocabulary;

namespace AliveMcp.Host.Embedded;

/// <summary>The embedded start: section <c>Embedded</c>, which <c>alivemcp up</c> fills. Without a folder there is no embedded start.</summary>
internal sealed record EmbeddedOptions
{
    /// <summary>Holds everything the install keeps, for example <c>/home/me/.alivemcp</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>A prober is started for each. <c>Embedded:Regions</c>, see <see cref="EmbeddedRegion"/>; default <c>local</c>.</summary>
    public required IReadOnlyList<EmbeddedRegion> Regions { get; init; }

    /// <summary>Whether the demo servers are started and watched. Default true.</summary>
    public required bool Demo { get; init; }

    /// <summary>The servers file to apply at start; null applies none. A named file must exist.</summary>
    public required string? ServersFile { get; init; }

    /// <summary>Whether the end of standard input ends the program: whoever started it is gone. Default false.</summary>
    public required bool ExitWithStdin { get; init; }

    /// <returns>Null when no embedded start is wanted.</returns>
    /// <exception cref="StartRefusedException">A setting is wrong; all of them at once.</exception>
    public static EmbeddedOptions? Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Embedded");
        if (section["Folder"] is not { Length: > 0 } folder)
        {
            return null;
        }

        var problems = new List<Problem>();
        var options = new EmbeddedOptions
        {
            Folder = Path.GetFullPath(folder),
            Regions = EmbeddedRegion.ReadAll(section["Regions"] ?? "local", problems),
            Demo = ReadSwitch(section, "Demo", otherwise: true, problems),
            ServersFile = ReadServersFile(section["ServersFile"], problems),
            ExitWithStdin = ReadSwitch(section, "ExitWithStdin", otherwise: false, problems),
        };
        return problems.Count == 0 ? options : throw new StartRefusedException(problems);
    }

    private static string? ReadServersFile(string? path, List<Problem> problems)
    {
        if (path is { Length: > 0 } && !File.Exists(path))
        {
            problems.Add(
                new Problem(
                    "setting_invalid",
                    $"Embedded:ServersFile (--servers) is '{path}', and there is no such file; for example ./alivemcp.yaml.",
                    "Embedded:ServersFile"
                )
            );
        }

        return path is { Length: > 0 } ? Path.GetFullPath(path) : null;
    }

    private static bool ReadSwitch(IConfigurationSection section, string key, bool otherwise, List<Problem> problems)
    {
        var text = section[key];
        if (string.IsNullOrEmpty(text))
        {
            return otherwise;
        }

        if (!bool.TryParse(text, out var value))
        {
            problems.Add(
                new Problem(
                    "setting_invalid",
                    string.Create(CultureInfo.InvariantCulture, $"Embedded:{key} is '{text}'; for example true."),
                    $"Embedded:{key}"
                )
            );
        }

        return value;
    }
}
