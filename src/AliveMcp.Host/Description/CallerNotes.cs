using AliveMcp.Tenancy.Permissions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AliveMcp.Host.Description;

/// <summary>Who may call an operation: from the permission that its route carries.</summary>
internal static class CallerNotes
{
    public const string Scheme = "bearer";

    public static Task Add(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var permission = metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy;
        var bearer = new OpenApiSecurityRequirement
        {
            [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [],
        };
        if (permission is null)
        {
            // Open to strangers; a key shows more.
            operation.Security = [new OpenApiSecurityRequirement(), bearer];
            return Task.CompletedTask;
        }

        var row = PermissionTable.Of(permission);
        var keys = row.Scope is { } scope ? $"keys with the scope {scope}" : "no key";
        var roles = row.Roles.Count == 0 ? "operators" : string.Join(", ", row.Roles.Select(PermissionWords.Word));
        operation.Security = [bearer];
        operation.Description = $"{operation.Description} Permission: {permission} ({roles}; {keys}).".TrimStart();
        return Task.CompletedTask;
    }
}
