using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Servers.Files;

/// <summary>The servers file's JSON Schema, for editors.</summary>
internal static class SchemaEndpoint
{
    public static void MapServersFileSchema(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/schemas/alivemcp.json",
                () => Results.Stream(Open(), "application/schema+json", enableRangeProcessing: false)
            )
            .AllowAnonymous()
            .ExcludeFromDescription();

    public static Stream Open() => typeof(SchemaEndpoint).Assembly.GetManifestResourceStream("alivemcp.schema.json")!;
}
