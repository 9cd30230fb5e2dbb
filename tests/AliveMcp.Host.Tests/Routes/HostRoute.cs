using AliveMcp.Tenancy.Permissions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>One way to call the Host: a path and a verb, and what it asks for.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Path">The pattern, for example <c>/api/v1/servers/{slug}</c>.</param>
/// <param name="Policy">The permission that it asks for; null: none.</param>
/// <param name="IsOpen">Everybody may.</param>
public sealed record HostRoute(string Method, string Path, string? Policy, bool IsOpen)
{
    /// <summary>All that a running Host answers to, by path.</summary>
    public static IReadOnlyList<HostRoute> AllOf(WebApplication app) =>
        [
            .. app
                .Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .SelectMany(Of)
                .Distinct()
                .OrderBy(route => route.Path, StringComparer.Ordinal)
                .ThenBy(route => route.Method, StringComparer.Ordinal),
        ];

    /// <summary>The path with something in the place of every parameter.</summary>
    public string Filled(string slug) =>
        string.Join(
            '/',
            Path.Split('/')
                .Select(part =>
                    !part.StartsWith('{') ? part
                    : part.Contains(":int", StringComparison.Ordinal)
                    || part.Contains(":long", StringComparison.Ordinal)
                        ? "2000000000"
                    : part.StartsWith("{slug", StringComparison.Ordinal) ? slug
                    : "none"
                )
        );

    public override string ToString() => $"{Method} {Path}";

    private static IEnumerable<HostRoute> Of(RouteEndpoint endpoint)
    {
        var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
        var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).ToList();
        var isOpen = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        return methods.Select(method => new HostRoute(method, path, policies.LastOrDefault(), isOpen));
    }

    /// <summary>Whether the table lets somebody of this layer and role (a customer's) do it.</summary>
    public bool MayBeUsedBy(Layer layer, Role? role = null) =>
        IsOpen
        || (
            Policy is not null
            && PermissionTable.Of(Policy) is var row
            && row.Layers.Contains(layer)
            && (role is not { } one || row.Roles.Contains(one))
        );
}
