using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>For reads that are open to strangers.</summary>
public static class TokenFilter
{
    /// <summary>
    /// Opens a read to everybody, and answers 401 to whoever sends a token that is not good, instead of treating them as a stranger without a
    /// word.
    /// </summary>
    public static TBuilder RefusingBadTokens<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder =>
        routes
            .AllowAnonymous()
            .AddEndpointFilter(
                async (call, next) =>
                {
                    var context = call.HttpContext;
                    if (
                        context.Request.Headers.Authorization.Count == 0
                        || context.User.Identity?.IsAuthenticated == true
                    )
                    {
                        return await next(call);
                    }

                    await context.ChallengeAsync();
                    return Results.Empty;
                }
            );
}
