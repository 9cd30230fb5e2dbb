using System.Text.Json;
using System.Text.RegularExpressions;
using AliveMcp.Vocabulary;

namespace AliveMcp.Contracts.Schemas;

/// <summary>
/// A JSON Schema of draft 2020-12, without what needs another document or a memory of what was evaluated
/// (<c>$dynamicRef</c>, <c>unevaluatedProperties</c>, <c>unevaluatedItems</c>, other resources): a schema that uses those is refused when it
/// is read, never checked in part. <c>format</c> and the content keywords are annotations, as the draft has them. Patterns are matched in
/// linear time, so they have no look-around and no back-references. Numbers compare by their exact value. Thread-safe.
/// </summary>
public sealed class JsonSchema
{
    internal JsonSchema(
        JsonElement root,
        IReadOnlyDictionary<string, JsonElement> targets,
        IReadOnlyDictionary<string, Regex> patterns
    ) => (Root, Targets, Patterns) = (root, targets, patterns);

    internal JsonElement Root { get; }

    /// <summary>Where each <c>$ref</c> leads, by its text.</summary>
    internal IReadOnlyDictionary<string, JsonElement> Targets { get; }

    /// <summary>By their text.</summary>
    internal IReadOnlyDictionary<string, Regex> Patterns { get; }

    /// <summary>Reads a schema.</summary>
    /// <param name="text">The schema as JSON, at most 64 KiB.</param>
    /// <returns>The schema, or everything that is wrong with it, each <see cref="Problem.Field"/> a JSON Pointer into it.</returns>
    public static Result<JsonSchema> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return SchemaReader.Read(text);
    }

    /// <summary>Holds a value against the schema.</summary>
    /// <returns>The first place where it does not fit; null when it fits. A value that would take too much work, or cannot be read, does not fit.</returns>
    public SchemaFault? Check(JsonElement value)
    {
        try
        {
            return new SchemaRun(this).Check(value);
        }
        catch (InvalidOperationException)
        {
            return new SchemaFault("", "a value that can be read", "half of a character in it");
        }
    }
}
