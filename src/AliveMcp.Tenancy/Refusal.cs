using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Tenancy;

/// <summary>A caller's mistake as RFC 9457 problem details: the first problem in front, all of them under <c>errors</c>.</summary>
public static class Refusal
{
    /// <summary>Answers with this status; <paramref name="problems"/> holds at least one.</summary>
    public static IResult Of(int status, params IReadOnlyList<Problem> problems) =>
        Results.Problem(
            type: "urn:alivemcp:problem:" + problems[0].Code,
            title: problems.Count == 1 ? problems[0].Code : $"{problems.Count} problems",
            detail: problems[0].Message,
            statusCode: status,
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["code"] = problems[0].Code,
                ["errors"] = problems.Select(problem => new RefusedField(problem.Code, problem.Message, problem.Field)),
            }
        );

    private sealed record RefusedField(string Code, string Message, string? Field);
}
