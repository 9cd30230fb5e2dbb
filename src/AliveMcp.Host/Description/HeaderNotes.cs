using AliveMcp.Tenancy.Requests;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AliveMcp.Host.Description;

/// <summary>Headers that routes read by themselves: <c>Idempotency-Key</c> of whatever changes something, <c>If-Match</c> where a state is named.</summary>
internal static class HeaderNotes
{
    public static Task Add(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        if (context.Description.HttpMethod is "GET" or "HEAD")
        {
            return Task.CompletedTask;
        }

        operation.Parameters ??= [];
        operation.Parameters.Add(
            Header(
                "Idempotency-Key",
                "Any text of your own, once for every act: sent again within a day it is answered alike and done once.",
                isRequired: false
            )
        );
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<NeedsState>().Any())
        {
            operation.Parameters.Add(
                Header("If-Match", "The ETag of the state that you change; * for whatever state.", isRequired: true)
            );
        }

        return Task.CompletedTask;
    }

    private static OpenApiParameter Header(string name, string description, bool isRequired) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Header,
            Required = isRequired,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
}
