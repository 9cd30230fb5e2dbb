using System.Text.Json;

namespace AliveMcp.Servers.Files;

/// <summary>Turns JSON into the nodes that the servers file is read from, so that a body is checked by the very same readers. There are no lines.</summary>
internal static class JsonComposer
{
    public static FileNode Compose(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => new FileMap(
                FileNode.NoLine,
                [
                    .. element
                        .EnumerateObject()
                        .Select(member =>
                            (new FileScalar(FileNode.NoLine, member.Name, IsPlain: false), Compose(member.Value))
                        ),
                ]
            ),
            JsonValueKind.Array => new FileList(FileNode.NoLine, [.. element.EnumerateArray().Select(Compose)]),
            JsonValueKind.String => new FileScalar(FileNode.NoLine, element.GetString()!, IsPlain: false),
            _ => new FileScalar(FileNode.NoLine, element.GetRawText(), IsPlain: true),
        };
}
