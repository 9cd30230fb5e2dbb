using Microsoft.AspNetCore.Builder;

namespace AliveMcp.Tenancy.Requests;

/// <summary>A route that wants <c>If-Match</c>: for the API's description.</summary>
public sealed record NeedsState;

/// <summary>Says so where a route is mapped.</summary>
public static class NeedsStateRoutes
{
    public static TBuilder NeedingState<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new NeedsState());
}
