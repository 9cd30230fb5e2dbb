using AliveMcp.Contracts.Queries;
using AliveMcp.Contracts.Schemas;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Servers.Files;

/// <summary>Reads one of the calls under <c>test_calls</c>. What could not be checked at every probe is refused here, not ignored there.</summary>
internal static class TestCallReader
{
    private const int MaxTool = 128;
    private const int MaxText = 500;
    private const int MaxJson = 64 * 1024;

    public static TestCall Read(MapReader reader)
    {
        reader.RefuseUnknownKeys(FileWords.TestCall, "a test call");
        var tool = reader.Required("tool", "is missing; every test call names a tool");
        if (tool is not null && MapReader.WhyNotText(tool.Text, MaxTool) is { } why)
        {
            reader.Refuse("tool_invalid", "tool", tool.Line, why);
        }

        return new TestCall
        {
            Tool = tool?.Text ?? "",
            Arguments = Arguments(reader),
            AllowListed = reader.OneOf("allow", FileWords.Flags, false),
            Contains = reader.Text("contains", MaxText),
            JsonPath = JsonPath(reader),
            JsonPathEquals = Wanted(reader),
            Schema = Schema(reader),
            Within = DurationReader.Read(reader, "within", TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(30)),
            FailureIsDown = reader.OneOf("failure", FileWords.Failures, false),
        };
    }

    private static string Arguments(MapReader reader)
    {
        switch (reader.Field("arguments"))
        {
            case null or FileScalar { IsNothing: true }:
                return "{}";
            case FileMap map:
                return Json(reader, "arguments", map);
            case var other:
                reader.Refuse(
                    "arguments_invalid",
                    "arguments",
                    other.Line,
                    $"is {other.Kind}; write a mapping, for example {{ city: Bern }}"
                );
                return "{}";
        }
    }

    private static string? JsonPath(MapReader reader)
    {
        if (reader.Text("json_path", JsonPathQuery.MaxLength) is not { } path)
        {
            return null;
        }

        var read = JsonPathQuery.Read(path);
        if (!read.TryGet(out _))
        {
            reader.Refuse("json_path_invalid", "json_path", reader.Field("json_path")!.Line, read.Problems[0].Message);
        }

        return path;
    }

    private static string? Wanted(MapReader reader)
    {
        if (reader.Field("equals") is not { } node)
        {
            return null;
        }

        if (reader.Field("json_path") is null or FileScalar { IsNothing: true })
        {
            reader.Refuse(
                "equals_invalid",
                "equals",
                node.Line,
                "stands without json_path, which says what to compare"
            );
        }

        return Json(reader, "equals", node);
    }

    private static string? Schema(MapReader reader)
    {
        var node = reader.Field("schema");
        if (node is null or FileScalar { IsNothing: true })
        {
            return null;
        }

        var text = Json(reader, "schema", node);
        foreach (var problem in JsonSchema.Read(text).Problems)
        {
            reader.Refuse("schema_invalid", "schema", node.Line, problem.Message);
        }

        return text;
    }

    private static string Json(MapReader reader, string field, FileNode node)
    {
        var text = FileJson.Write(node);
        if (text.Length > MaxJson)
        {
            reader.Refuse(
                field + "_invalid",
                field,
                node.Line,
                $"has {text.Length} characters; {MaxJson} are the most"
            );
        }

        return text;
    }
}
