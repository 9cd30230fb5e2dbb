using System.Globalization;
using System.Text.Json;
using AliveMcp.Contracts;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Expecting;

/// <summary>Compares the raw result of a <c>tools/call</c> with what its owner expects of it. Pure; the first thing that is missing counts.</summary>
internal static class AnswerCheck
{
    /// <summary>Why the expectations themselves cannot be checked; null when they can.</summary>
    public static string? WhyNot(TestCall call) => PathExpectation.WhyNot(call) ?? SchemaExpectation.WhyNot(call);

    /// <summary>What the answer lacks; null when it holds everything.</summary>
    /// <param name="result">The <c>result</c> member as it came.</param>
    /// <param name="took">What the call took.</param>
    public static AnswerFault? Check(JsonElement result, TestCall call, TimeSpan took) =>
        Shape(result)
        ?? Failure(result)
        ?? Text(result, call)
        ?? PathExpectation.Check(result, call)
        ?? SchemaExpectation.Check(result, call)
        ?? Latency(call, took);

    private static AnswerFault? Shape(JsonElement result)
    {
        if (result.ValueKind != JsonValueKind.Object)
        {
            return Lacks($"expected an object as result, got {Json.Raw(result)}");
        }

        // 2026-07-28 lets a server ask back instead of answering; servers before it never send the member.
        if (!JsonMembers.TryFind(result, "resultType", out var type) || Json.Text(type) is "complete")
        {
            return null;
        }

        return Json.Text(type) is "input_required"
            ? new AnswerFault(
                Why.TestCallNeedsInput,
                $"expected a complete result, got a request for more input{Asked(result)}"
            )
            : Lacks($"expected the resultType 'complete', got {Json.Raw(type)}");
    }

    private static string Asked(JsonElement result) =>
        Json.Member(result, "inputRequests", JsonValueKind.Object) is { } requests
        && requests.EnumerateObject().FirstOrDefault() is { Value.ValueKind: JsonValueKind.Object } first
        && Json.Text(first.Value, "method", 60) is { } method
            ? $" ({method})"
            : "";

    private static AnswerFault? Failure(JsonElement result)
    {
        if (Json.Member(result, "isError", JsonValueKind.True) is not null)
        {
            var said = AnswerText.Texts(result).FirstOrDefault(text => text.Length > 0);
            return new AnswerFault(
                Why.TestCallIsError,
                $"expected a result, got isError{(said is null ? "" : $" with '{AnswerText.Cut(said)}'")}"
            );
        }

        var hasContent =
            Json.Member(result, "content", JsonValueKind.Array) is not null
            || (
                !JsonMembers.TryFind(result, "content", out _)
                && JsonMembers.TryFind(result, "structuredContent", out _)
            );
        return hasContent ? null : Lacks("expected an array 'content', got none");
    }

    private static AnswerFault? Text(JsonElement result, TestCall call)
    {
        if (
            call.Contains is not { } wanted
            || AnswerText.Texts(result).Any(text => text.Contains(wanted, StringComparison.Ordinal))
        )
        {
            return null;
        }

        var first = AnswerText.Texts(result).FirstOrDefault();
        var got = first is null ? "no text" : $"'{AnswerText.Cut(first)}'";
        return Lacks($"expected text that contains '{AnswerText.Cut(wanted)}', got {got}");
    }

    private static AnswerFault? Latency(TestCall call, TimeSpan took) =>
        call.Within is { } limit && took > limit
            ? Lacks(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected an answer within {limit.TotalMilliseconds:0} ms, got it in {took.TotalMilliseconds:0} ms"
                )
            )
            : null;

    private static AnswerFault Lacks(string detail) => new(Why.TestCallAssertion, detail);
}
