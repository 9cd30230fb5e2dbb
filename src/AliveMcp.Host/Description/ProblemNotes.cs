using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AliveMcp.Host.Description;

/// <summary>How every operation says no: RFC 9457 problem details with a stable code and every problem by its field.</summary>
internal static class ProblemNotes
{
    private const string Name = "Problem";

    public static Task Add(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var document = context.Document!;
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        document.Components.Schemas.TryAdd(Name, Shape());
        operation.Responses ??= [];
        if (operation.Responses.Keys.Any(status => status is "201" or "202" or "204"))
        {
            // Handlers return whatever they have, which the platform takes for a 200 of no shape.
            operation.Responses.Remove("200");
        }

        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "Refused: problem details. 429 says in Retry-After when to come again.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(Name, document) },
            },
        };
        return Task.CompletedTask;
    }

    private static OpenApiSchema Shape() =>
        new()
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "code", "errors" },
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["type"] = Text("urn:alivemcp:problem: and the code."),
                ["title"] = Text("The code, or how many problems there are."),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["detail"] = Text("The first problem, in a sentence."),
                ["code"] = Text("A stable word, for example slug_taken."),
                ["errors"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = One() },
            },
        };

    private static OpenApiSchema One() =>
        new()
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string>(StringComparer.Ordinal) { "code", "message" },
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["code"] = Text("A stable word."),
                ["message"] = Text("What would be right."),
                ["field"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.String | JsonSchemaType.Null,
                    Description = "Where, for example settings.url.",
                },
            },
        };

    private static OpenApiSchema Text(string description) =>
        new() { Type = JsonSchemaType.String, Description = description };
}
