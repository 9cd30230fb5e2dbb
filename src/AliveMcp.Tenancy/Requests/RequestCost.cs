using Microsoft.AspNetCore.Builder;

namespace AliveMcp.Tenancy.Requests;

/// <summary>What one request of a route takes from the caller's minute.</summary>
public sealed record RequestCost(int Units);

/// <summary>Says so where a route is mapped.</summary>
public static class RequestCostRoutes
{
    /// <param name="routes">Which.</param>
    /// <param name="units">How many ordinary requests one of these is worth.</param>
    public static TBuilder Costs<TBuilder>(this TBuilder routes, int units)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new RequestCost(units));
}
