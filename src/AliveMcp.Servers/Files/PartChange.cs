namespace AliveMcp.Servers.Files;

/// <summary>What applying one part of the file comes to: names, in alphabetical order.</summary>
public sealed record PartChange
{
    public IReadOnlyList<string> Created { get; init; } = [];

    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>Left the file and does nothing from now on.</summary>
    public IReadOnlyList<string> Paused { get; init; } = [];

    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>Left the file and stays as it is: nobody asked to prune.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    public IReadOnlyList<string> Unchanged { get; init; } = [];

    /// <summary>For each changed one the names of the fields that differ.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Fields { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>What the entries refer to.</summary>
    public IReadOnlyList<WantedSecret> Secrets { get; init; } = [];

    /// <summary>What is left for people to do; empty in a dry run.</summary>
    public IReadOnlyList<string> Todo { get; init; } = [];
}
