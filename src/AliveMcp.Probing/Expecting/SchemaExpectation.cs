using System.Text.Json;
using AliveMcp.Contracts;
using AliveMcp.Contracts.Schemas;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Expecting;

/// <summary>A JSON Schema that the structured answer must fit: <c>structuredContent</c>, or without one the JSON that is its only text.</summary>
internal static class SchemaExpectation
{
    // As deep as anything we read.
    private const int MaxDepth = 64;

    /// <summary>Why it cannot be checked; null when it can, or when nothing is asked.</summary>
    public static string? WhyNot(TestCall call)
    {
        if (call.Schema is not { } text)
        {
            return null;
        }

        var read = JsonSchema.Read(text);
        return read.TryGet(out _) ? null : $"schema {read.Problems[0].Message}";
    }

    public static AnswerFault? Check(JsonElement result, TestCall call)
    {
        if (call.Schema is not { } text || !JsonSchema.Read(text).TryGet(out var schema))
        {
            return null;
        }

        if (JsonMembers.TryFind(result, "structuredContent", out var structured))
        {
            return Check(schema, structured);
        }

        if (AnswerText.Texts(result).Take(2).ToList() is not [var only])
        {
            return Lacks("expected structuredContent or one JSON text to check the schema on, got neither");
        }

        try
        {
            using var document = JsonDocument.Parse(only, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Check(schema, document.RootElement);
        }
        catch (JsonException)
        {
            return Lacks($"expected JSON to check the schema on, got '{AnswerText.Cut(only)}'");
        }
    }

    private static AnswerFault? Check(JsonSchema schema, JsonElement value) =>
        schema.Check(value) is { } fault ? Lacks(fault.ToString()) : null;

    private static AnswerFault Lacks(string detail) => new(Why.TestCallAssertion, detail);
}
