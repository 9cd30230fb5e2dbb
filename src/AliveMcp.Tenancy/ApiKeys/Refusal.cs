using AliveMcp.Tenancy.Permissions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>The door's refusals as RFC 9457 problem details. The door stands before the endpoints, where the host's mapper does not reach; the shape is the same.</summary>
internal static class Refusal
{
    /// <summary>401: who are you? Missing and not good are told apart, and nothing else is.</summary>
    public static Task ChallengeAsync(HttpContext http)
    {
        var problem = http.Request.Headers.Authorization.Count == 0 ? ApiKeyProblems.Missing : ApiKeyProblems.Refused;
        http.Response.Headers.WWWAuthenticate =
            problem == ApiKeyProblems.Missing
                ? "Bearer realm=\"AliveMCP\""
                : "Bearer realm=\"AliveMCP\", error=\"invalid_token\"";
        return Of(StatusCodes.Status401Unauthorized, problem).ExecuteAsync(http);
    }

    /// <summary>403: you are known, and may not.</summary>
    public static Task ForbidAsync(HttpContext http)
    {
        var caller = http.RequestServices.GetRequiredService<Caller>();
        return Of(StatusCodes.Status403Forbidden, PermissionProblems.Of(http, caller)).ExecuteAsync(http);
    }

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
