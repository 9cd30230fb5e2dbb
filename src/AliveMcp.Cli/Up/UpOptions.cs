namespace AliveMcp.Cli.Up;

/// <summary>What <c>alivemcp up</c> was told, by its options and by the environment.</summary>
internal sealed record UpOptions
{
    /// <summary>Everything the install keeps: <c>ALIVEMCP_HOME</c>, else <c>.alivemcp</c> in the current directory.</summary>
    public required string Home { get; init; }

    /// <summary><c>ALIVEMCP_REGIONS</c>, words with commas between; null is the Host's default.</summary>
    public required string? Regions { get; init; }

    /// <summary><c>--no-demo</c> turns it off.</summary>
    public required bool Demo { get; init; }

    /// <summary><c>--servers</c>, else <c>alivemcp.yaml</c> in the current directory if there is one.</summary>
    public required string? ServersFile { get; init; }

    /// <summary><c>--urls</c>; null is the Host's default.</summary>
    public required string? Urls { get; init; }

    /// <summary><c>--detach</c>.</summary>
    public required bool Detach { get; init; }

    /// <summary><c>ALIVEMCP_EXIT_AFTER_FIRST_VERDICT=1</c>: stop once every demo server has a verdict that can be read.</summary>
    public required bool ExitAfterFirstVerdict { get; init; }

    /// <summary>The folder of an install that belongs to the current directory.</summary>
    public static string HomeOf(Func<string, string?> environment) =>
        Path.GetFullPath(environment("ALIVEMCP_HOME") is { Length: > 0 } home ? home : ".alivemcp");

    /// <summary>As arguments of the Host.</summary>
    public IEnumerable<string> ToHostArguments()
    {
        yield return $"--Embedded:Folder={Home}";
        yield return $"--Embedded:Demo={(Demo ? "true" : "false")}";
        yield return $"--Embedded:ExitWithStdin={(Detach ? "false" : "true")}";
        if (Regions is { Length: > 0 })
        {
            yield return $"--Embedded:Regions={Regions}";
        }

        if (ServersFile is not null)
        {
            yield return $"--Embedded:ServersFile={ServersFile}";
        }

        if (Urls is not null)
        {
            yield return $"--urls={Urls}";
        }
    }
}
