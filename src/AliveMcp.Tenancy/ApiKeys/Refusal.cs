using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>The door's refusals as RFC 9457 problem details. The door stands before the endpoints, where the host's mapper does not reach; the shape is the same.</summary>
internal static class Refusal
{
    public static IResult Of(int status, Problem problem) =>
        Results.Problem(
            type: "urn:alivemcp:problem:" + problem.Code,
            title: problem.Code,
            detail: problem.Message,
            statusCode: status,
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["code"] = problem.Code,
                ["errors"] = new[] { problem },
            }
        );
}
