using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Tenancy.Permissions;

/// <summary>What somebody is told who was recognised and may not do what was asked.</summary>
internal static class PermissionProblems
{
    /// <summary>Names the permission of the route that the request came to, and what would have it.</summary>
    public static Problem Of(HttpContext http, Caller caller)
    {
        var permission = http.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().LastOrDefault()?.Policy;
        return permission is null
            ? new Problem("route_forbidden", "This is open to nobody.")
            : Of(PermissionTable.Of(permission), caller);
    }

    private static Problem Of(PermissionRow row, Caller caller) =>
        caller switch
        {
            { Layer: not Layer.Customer, Tenant: null } when row.IsOfTenant && row.Layers.Contains(caller.Layer) =>
                new Problem(
                    "tenant_unnamed",
                    "Say which tenant this is about: send its slug in the header AliveMCP-Tenant.",
                    "AliveMCP-Tenant"
                ),
            { Layer: not Layer.Customer } => new Problem(
                "layer_forbidden",
                $"The token is good but {PermissionWords.Word(caller.Layer)} does not have '{row.Permission}'."
            ),
            _ when !row.Layers.Contains(Layer.Customer) => new Problem(
                "layer_forbidden",
                $"'{row.Permission}' is for operators."
            ),
            { ApiKey: not null } => new Problem(
                "scope_missing",
                row.Scope is { } scope
                    ? $"The token is good but does not have '{row.Permission}': this needs one with the scope '{scope}'."
                    : $"No key has '{row.Permission}': this needs a person who is signed in."
            ),
            _ => new Problem(
                "role_missing",
                $"This needs '{row.Permission}', which have: {string.Join(", ", row.Roles.Select(PermissionWords.Word))}."
            ),
        };
}
