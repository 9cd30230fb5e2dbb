using System.Text.Json;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>An entry of a part of the file: its fields as JSON, and where they stand.</summary>
public sealed class FileItem
{
    private readonly FileMap _map;

    internal FileItem(FileMap map, string place)
    {
        (_map, Place) = (map, place);
        Body = JsonElement.Parse(FileJson.Write(map));
    }

    /// <summary>For machines, for example <c>rules[2]</c>.</summary>
    public string Place { get; }

    /// <summary>A mapping; single values without quotes are what JSON would read them as.</summary>
    public JsonElement Body { get; }

    /// <summary>For people: the place with the entry's name.</summary>
    public string Who =>
        _map.Fields.FirstOrDefault(one => one.Key.Text == "name").Value is FileScalar { IsNothing: false } name
            ? $"{Place} \"{SafeText.Of(name.Text, 80)}\""
            : Place;

    /// <summary>What is wrong with a field of the body, told with entry, line and value.</summary>
    /// <param name="problem">Its field is a path within the body, for example <c>steps[1].sinks[0]</c>; its message begins with it.</param>
    /// <param name="isSecret">The value is not to be repeated.</param>
    public Problem At(Problem problem, bool isSecret = false)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var field = problem.Field ?? "";
        var node = NodeAt(field);
        var message = problem.Message;
        if (
            !isSecret
            && node is FileScalar { IsNothing: false } scalar
            && message.StartsWith(field + " is", StringComparison.Ordinal)
        )
        {
            message = $"{field} '{SafeText.Of(scalar.Text, 60)}'{message[field.Length..]}";
        }

        return problem with
        {
            Message = $"{Who}{LineOf(node.Line)}: {message}",
            Field = field.Length == 0 ? Place : $"{Place}.{field}",
        };
    }

    /// <summary>Reads the entry as those of the servers are read.</summary>
    internal MapReader Reader(List<Problem> problems) => new(_map, Place, Who, problems);

    /// <summary>Where the field stands, for people.</summary>
    public string Where(string field) => $"{Who}{LineOf(NodeAt(field).Line)}: {field}";

    private static string LineOf(int line) =>
        line == FileNode.NoLine ? "" : string.Create(CultureInfo.InvariantCulture, $", line {line}");

    /// <summary>As deep as the path leads.</summary>
    private FileNode NodeAt(string path)
    {
        FileNode node = _map;
        foreach (var step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.'))
        {
            var next = node switch
            {
                FileMap map => map.Fields.FirstOrDefault(field => field.Key.Text == step).Value,
                FileList list
                    when int.TryParse(step.Trim('[', ']'), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                        && at < list.Items.Count => list.Items[at],
                _ => null,
            };
            if (next is null)
            {
                break;
            }

            node = next;
        }

        return node;
    }
}
