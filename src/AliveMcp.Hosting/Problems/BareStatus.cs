using System.Text.RegularExpressions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Hosting.Problems;

/// <summary>
/// Gives an answer that nobody explained (no such route, not by that verb, a parameter that cannot be read, our own fault) the same shape as
/// every other problem: a stable code, a sentence, the field.
/// </summary>
internal static partial class BareStatus
{
    public static void Explain(ProblemDetailsContext context)
    {
        var details = context.ProblemDetails;
        if (details.Extensions.ContainsKey("code"))
        {
            return;
        }

        var problem = context.Exception is BadHttpRequestException bad
            ? OfBadRequest(bad)
            : OfStatus(details.Status ?? StatusCodes.Status500InternalServerError);
        details.Type = "urn:alivemcp:problem:" + problem.Code;
        details.Title = problem.Code;
        details.Detail = problem.Message;
        details.Extensions["code"] = problem.Code;
        details.Extensions["errors"] = new[]
        {
            new
            {
                code = problem.Code,
                message = problem.Message,
                field = problem.Field,
            },
        };
    }

    private static Problem OfBadRequest(BadHttpRequestException fault)
    {
        var named = Parameter().Match(fault.Message);
        if (named.Success)
        {
            var field = named.Groups["name"].Value;
            return new Problem("parameter_malformed", $"{field} cannot be read as it was sent.", field);
        }

        return fault.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? OfStatus(fault.StatusCode)
            : new Problem("request_malformed", "The request cannot be read.");
    }

    private static Problem OfStatus(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => new Problem("request_malformed", "The request cannot be read."),
            StatusCodes.Status404NotFound => new Problem("route_not_found", "There is nothing here."),
            StatusCodes.Status405MethodNotAllowed => new Problem(
                "method_not_allowed",
                "What is here does not take this method; Allow says which it takes."
            ),
            StatusCodes.Status413PayloadTooLarge => new Problem(
                "body_too_large",
                "The body is longer than is taken here."
            ),
            StatusCodes.Status415UnsupportedMediaType => new Problem(
                "media_type_unsupported",
                "This kind of body is not taken here; send JSON, with Content-Type: application/json.",
                "Content-Type"
            ),
            >= 500 => new Problem("our_fault", "Something went wrong on our side; it is noted. Try again soon."),
            _ => new Problem("refused", "The request is refused."),
        };

    /// <summary>As the platform words it: Failed to bind parameter "int after" from "x".</summary>
    [GeneratedRegex("parameter \"[^\" ]+ (?<name>[A-Za-z_]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
