using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Bench.PublicReads;

/// <summary>What the server can do at best: an endpoint that knows nothing and answers constant bytes.</summary>
internal sealed class EmptyEndpoint
{
    private byte[] _body = [];

    /// <summary>Maps one at a path without parameters.</summary>
    public static EmptyEndpoint Map(IEndpointRouteBuilder routes, string path)
    {
        var endpoint = new EmptyEndpoint();
        routes.MapGet(path, endpoint.AnswerAsync).AllowAnonymous();
        return endpoint;
    }

    /// <summary>Maps one that says 304 and nothing else.</summary>
    public static void MapHeld(IEndpointRouteBuilder routes, string path) =>
        routes
            .MapGet(
                path,
                context =>
                {
                    context.Response.StatusCode = StatusCodes.Status304NotModified;
                    return Task.CompletedTask;
                }
            )
            .AllowAnonymous();

    /// <summary>From now on it answers so many bytes.</summary>
    public void Answer(int length)
    {
        var body = new byte[length];
        Array.Fill(body, (byte)'x');
        _body = body;
    }

    private Task AnswerAsync(HttpContext context)
    {
        var (response, body) = (context.Response, _body);
        response.ContentType = "text/plain";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }
}
