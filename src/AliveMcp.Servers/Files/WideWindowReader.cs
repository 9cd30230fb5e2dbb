using AliveMcp.Servers.Maintenance;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>Reads a window of more than one server: those of <c>maintenance</c> with <c>tags</c>, or with <c>all</c>.</summary>
internal static class WideWindowReader
{
    private const int MaxTags = 20;
    private const int MaxTag = 40;

    /// <summary>Null when it is none, which the reader's problems then hold.</summary>
    public static WideSpan? Read(MapReader reader)
    {
        var before = reader.Problems.Count;
        var span = MaintenanceReader.Read(reader, FileWords.WideMaintenance);
        var tags = reader.Texts("tags", MaxTags, MaxTag);
        var all = reader.OneOf("all", FileWords.Flags, false);
        if (all == tags.Length > 0 && reader.Problems.Count == before)
        {
            reader.Refuse(
                all ? "all_invalid" : "tags_missing",
                all ? "all" : "tags",
                reader.Line,
                all
                    ? "and tags are both there; write one of them"
                    : "is missing; say of which servers: tags, or all: true"
            );
        }

        return span is null || reader.Problems.Count > before
            ? null
            : new WideSpan(span, [.. tags.Order(StringComparer.Ordinal)]);
    }

    /// <summary>The body of a request that is one window; null when it is none, which <paramref name="problems"/> then holds.</summary>
    public static WideSpan? ReadBody(FileNode node, List<Problem> problems)
    {
        if (node is FileMap map)
        {
            return Read(new MapReader(map, place: "", who: "", problems));
        }

        problems.Add(
            new Problem("body_invalid", $"The body is {node.Kind}; send an object with from, to and tags or all.")
        );
        return null;
    }
}
