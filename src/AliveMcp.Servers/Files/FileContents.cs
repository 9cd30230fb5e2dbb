using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>What a file says.</summary>
/// <param name="Entries">The servers, their form proven.</param>
internal sealed record FileContents(IReadOnlyList<FileEntry> Entries)
{
    /// <summary>What is wrong with its form; as long as there is anything, it is not applied.</summary>
    public List<Problem> Problems { get; init; } = [];

    /// <summary>False: the file says nothing about servers, and they stay as they are.</summary>
    public bool NamesServers { get; init; } = true;

    /// <summary>By the keys at the top; what is not written is not here, and stays as it is.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FileItem>> Parts { get; init; } =
        new Dictionary<string, IReadOnlyList<FileItem>>(StringComparer.Ordinal);
}
