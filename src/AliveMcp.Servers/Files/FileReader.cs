using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>Reads a servers file: all entries, or everything that is wrong with it at once.</summary>
internal static class FileReader
{
    /// <summary>Longest text, in UTF-16 units. A thousand servers take about 150,000.</summary>
    public const int MaxLength = 1024 * 1024;

    private const int MaxServers = 10_000;

    /// <summary>What could be read of it, and what is wrong with the form of it.</summary>
    public static FileContents Read(string text)
    {
        if (text.Length > MaxLength)
        {
            return Refused(FileProblems.TooLarge);
        }

        var composed = FileComposer.Compose(text);
        return composed.TryGet(out var root) ? Top(root) : Refused([.. composed.Problems]);
    }

    private static FileContents Refused(params List<Problem> problems) => new([]) { Problems = problems };

    private static FileContents Top(FileNode? root)
    {
        if (root is not FileMap top)
        {
            return Refused(
                root is null or FileScalar { IsNothing: true } ? FileProblems.Empty : FileProblems.NotAFile(root)
            );
        }

        var problems = new List<Problem>();
        RefuseUnknownKeys(top, problems);
        var parts = FileWords
            .Parts.Select(key => (Key: key, Node: top.Fields.FirstOrDefault(field => field.Key.Text == key).Value))
            .Where(part => part.Node is not null)
            .ToDictionary(part => part.Key, part => Items(part.Key, part.Node, problems), StringComparer.Ordinal);
        var servers = top.Fields.FirstOrDefault(field => field.Key.Text == "servers").Value;
        if (servers is null && parts.Count > 0)
        {
            return new FileContents([])
            {
                NamesServers = false,
                Parts = parts,
                Problems = problems,
            };
        }

        var entries = Servers(servers, problems);
        RefuseTwins(entries, problems);
        return new FileContents(entries.ConvertAll(found => found.Entry)) { Parts = parts, Problems = problems };
    }

    private static IReadOnlyList<FileItem> Items(string key, FileNode node, List<Problem> problems)
    {
        if (node is not FileList list)
        {
            problems.Add(FileProblems.PartIsNoList(key, node));
            return [];
        }

        var items = new List<FileItem>();
        foreach (var (item, index) in list.Items.Select((item, index) => (item, index)))
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{key}[{index}]");
            if (item is FileMap map)
            {
                items.Add(new FileItem(map, place));
            }
            else
            {
                problems.Add(FileProblems.ItemIsNoMap(place, item));
            }
        }

        return items;
    }

    private static void RefuseUnknownKeys(FileMap top, List<Problem> problems)
    {
        foreach (var (key, _) in top.Fields)
        {
            if (!FileWords.Top.Contains(key.Text, StringComparer.Ordinal))
            {
                problems.Add(FileProblems.UnknownTopKey(key));
            }
        }
    }

    private static List<(FileEntry Entry, int Line)> Servers(FileNode? servers, List<Problem> problems)
    {
        switch (servers)
        {
            case null:
                problems.Add(FileProblems.NoServers);
                return [];
            case FileList list when list.Items.Count <= MaxServers:
                return
                [
                    .. list
                        .Items.Select((node, index) => (Entry: EntryReader.Read(node, index, problems), node.Line))
                        .Where(read => read.Entry is not null)
                        .Select(read => (read.Entry!, read.Line)),
                ];
            case FileList list:
                problems.Add(FileProblems.TooMany(list.Items.Count, MaxServers));
                return [];
            default:
                problems.Add(FileProblems.ServersIsNoList(servers));
                return [];
        }
    }

    private static void RefuseTwins(List<(FileEntry Entry, int Line)> entries, List<Problem> problems)
    {
        foreach (var twins in entries.GroupBy(read => read.Entry.Slug, StringComparer.Ordinal))
        {
            var first = twins.First();
            problems.AddRange(
                twins.Skip(1).Select(twin => FileProblems.Twin(twin.Entry, twin.Line, first.Entry.Place))
            );
        }
    }
}
