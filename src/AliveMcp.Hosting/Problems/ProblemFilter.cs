using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Hosting.Problems;

/// <summary>
/// The one place where a caller's mistake becomes HTTP: put on the API group, it turns a <see cref="Problem"/> (or several) that an endpoint
/// returns into RFC 9457 problem details, the first problem in front and all of them under <c>errors</c>.
/// </summary>
public sealed class ProblemFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return await next(context) switch
        {
            Problem problem => Answer([problem]),
            IReadOnlyList<Problem> { Count: > 0 } problems => Answer(problems),
            var answer => answer,
        };
    }

    /// <summary>The status that a code stands for: by its last words, so that a new code needs no entry here.</summary>
    public static int StatusOf(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code switch
        {
            _ when code.EndsWith("not_found", StringComparison.Ordinal) => StatusCodes.Status404NotFound,
            _ when code.EndsWith("taken", StringComparison.Ordinal) => StatusCodes.Status409Conflict,
            _ when code.EndsWith("stale", StringComparison.Ordinal) => StatusCodes.Status412PreconditionFailed,
            _ when code.EndsWith("unconditional", StringComparison.Ordinal) =>
                StatusCodes.Status428PreconditionRequired,
            _ when code.EndsWith("unsupported", StringComparison.Ordinal) => StatusCodes.Status415UnsupportedMediaType,
            _ when code.EndsWith("malformed", StringComparison.Ordinal) => StatusCodes.Status400BadRequest,
            _ when code.EndsWith("too_large", StringComparison.Ordinal) => StatusCodes.Status413PayloadTooLarge,
            _ when code.EndsWith("forbidden", StringComparison.Ordinal) => StatusCodes.Status403Forbidden,
            _ when code.EndsWith("too_soon", StringComparison.Ordinal) => StatusCodes.Status429TooManyRequests,
            _ when code.EndsWith("too_many", StringComparison.Ordinal) => StatusCodes.Status429TooManyRequests,
            _ when code.EndsWith("unavailable", StringComparison.Ordinal) => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
    }

    private static IResult Answer(IReadOnlyList<Problem> problems) =>
        Results.Problem(
            type: "urn:alivemcp:problem:" + problems[0].Code,
            title: problems.Count == 1 ? problems[0].Code : $"{problems.Count} problems",
            detail: problems[0].Message,
            statusCode: StatusOf(problems[0].Code),
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["code"] = problems[0].Code,
                ["errors"] = problems.Select(problem => new
                {
                    problem.Code,
                    problem.Message,
                    problem.Field,
                }),
            }
        );
}
