using System.Text.Json;
using AliveMcp.Contracts.Queries;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Expecting;

/// <summary>A JSONPath that must select something in a result, and what every selected value must equal.</summary>
internal static class PathExpectation
{
    /// <summary>Why it cannot be checked; null when it can, or when nothing is asked.</summary>
    public static string? WhyNot(TestCall call)
    {
        if (call.JsonPath is not { } path)
        {
            return null;
        }

        var read = JsonPathQuery.Read(path);
        return read.TryGet(out _)
            ? call.JsonPathEquals is { } equals && Parse(equals) is null
                ? "expected JSON to compare with, got none"
                : null
            : $"json_path {read.Problems[0].Message}";
    }

    public static AnswerFault? Check(JsonElement result, TestCall call)
    {
        if (call.JsonPath is not { } path || !JsonPathQuery.Read(path).TryGet(out var query))
        {
            return null;
        }

        var selected = query.Select(result);
        return selected is null
                ? Lacks($"expected an answer of at most {JsonPathQuery.MaxText / 1024} KiB to search, got more")
            : selected.Count == 0 ? Lacks($"expected something at {AnswerText.Cut(path)}, got nothing")
            : call.JsonPathEquals is { } wanted && Parse(wanted) is { } value ? Compare(selected, value, path)
            : null;
    }

    private static AnswerFault? Compare(IReadOnlyList<JsonElement> selected, JsonElement wanted, string path)
    {
        foreach (var value in selected)
        {
            if (!AreEqual(value, wanted))
            {
                return Lacks(
                    $"expected {AnswerText.Cut(wanted.GetRawText())} at {AnswerText.Cut(path)}, got {AnswerText.Cut(value.GetRawText())}"
                );
            }
        }

        return null;
    }

    private static bool AreEqual(JsonElement one, JsonElement other)
    {
        try
        {
            return JsonElement.DeepEquals(one, other);
        }
        catch (InvalidOperationException)
        {
            // Half of a character stands in a stranger's text.
            return false;
        }
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static AnswerFault Lacks(string detail) => new(Why.TestCallAssertion, detail);
}
