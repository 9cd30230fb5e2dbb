using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>The parts of the file besides its servers, each taken and saved in the transaction of the whole, in the order in which they are registered.</summary>
internal sealed class FileParts(ServersDb db, IEnumerable<IFilePart> parts)
{
    private readonly SortedDictionary<string, PartChange> _changes = new(StringComparer.Ordinal);
    private readonly List<IFilePart> _read = [];

    /// <summary>What each came to.</summary>
    public IReadOnlyDictionary<string, PartChange> Changes => _changes;

    /// <summary>Refuses what is wrong with the entries in themselves, and what the caller may not change.</summary>
    public void Read(FileContents contents, ApplyOptions options, List<Problem> problems)
    {
        foreach (var (key, items) in contents.Parts)
        {
            if (parts.FirstOrDefault(part => part.Key == key) is not { } part)
            {
                problems.Add(FileProblems.NoSuchPart(key));
            }
            else if (!options.May(part.Permission))
            {
                problems.Add(FileProblems.PartForbidden(key));
            }
            else
            {
                part.Read(items, problems);
                _read.Add(part);
            }
        }
    }

    public async Task TakeAsync(ApplyOptions options, List<Problem> problems, CancellationToken cancellationToken)
    {
        foreach (var part in parts.Where(_read.Contains))
        {
            _changes[part.Key] = await part.TakeAsync(db, options, problems, cancellationToken);
        }
    }

    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        foreach (var part in parts.Where(_read.Contains))
        {
            var todo = await part.SaveAsync(cancellationToken);
            _changes[part.Key] = _changes[part.Key] with { Todo = todo };
        }
    }
}
