using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>Reads a servers file: all entries, or everything that is wrong with it at once.</summary>
internal static class FileReader
{
    /// <summary>Longest text, in UTF-16 units. A thousand servers take about 150,000.</summary>
    public const int MaxLength = 1024 * 1024;

    private const int MaxServers = 10_000;

    public static Result<IReadOnlyList<FileEntry>> Read(string text)
    {
        if (text.Length > MaxLength)
        {
            return FileProblems.TooLarge;
        }

        var composed = FileComposer.Compose(text);
        return composed.TryGet(out var root) ? Top(root) : composed.Problems.ToList();
    }

    private static Result<IReadOnlyList<FileEntry>> Top(FileNode? root)
    {
        if (root is not FileMap top)
        {
            return root is null or FileScalar { IsNothing: true } ? FileProblems.Empty : FileProblems.NotAFile(root);
        }

        var problems = new List<Problem>();
        RefuseUnknownKeys(top, problems);
        var servers = top.Fields.FirstOrDefault(field => field.Key.Text == "servers").Value;
        var entries = Servers(servers, problems);
        RefuseTwins(entries, problems);
        return problems.Count > 0 ? problems : entries.ConvertAll(found => found.Entry);
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
