using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.StatusPages.Answers;

internal static class Reads
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps a read that everybody may do, as a plain delegate: a warm answer is a copy of bytes and no more.</summary>
    public static void MapReads(this IEndpointRouteBuilder routes, string pattern, RequestDelegate read) =>
        routes.MapMethods(pattern, Methods, read).AllowAnonymous();
}
