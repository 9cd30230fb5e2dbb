using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Bench.ProbeCost;

/// <summary>A healthy server of the initialize era with twelve tools, in a process of its own so that its CPU is not counted. Prints its URL; ends when its standard input does.</summary>
internal static class Target
{
    /// <summary>As many tools as the figure asks for: a list of 8 KB.</summary>
    public const int Tools = 12;

    /// <summary>Tools of the long list, 76 KB: the longest that was met among common servers.</summary>
    public const int LongTools = 24;

    /// <summary>Where the long list is, beside the path that is printed.</summary>
    public const string LongPath = "/long";

    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapPost("/mcp", http => AnswerAsync(http, ToolList));
        app.MapPost(LongPath, http => AnswerAsync(http, LongToolList));
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Console.WriteLine($"{addresses.Addresses.First()}/mcp");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext context, string list)
    {
        using var request = await JsonDocument.ParseAsync(context.Request.Body);
        var method = request.RootElement.GetProperty("method").GetString();
        var id = request.RootElement.TryGetProperty("id", out var given) ? given.GetRawText() : null;
        var result = method switch
        {
            "initialize" => """
                {"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"target","version":"1.0.0"}}
                """,
            "tools/list" => list,
            _ => null,
        };
        if (id is null)
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        context.Response.StatusCode = result is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            result is null
                ? $$$"""{"jsonrpc":"2.0","id":{{{id}}},"error":{"code":-32601,"message":"Method not found"}}"""
                : $$"""{"jsonrpc":"2.0","id":{{id}},"result":{{result}}}"""
        );
    }

    private static readonly string ToolList = List(Tools, properties: 0);

    private static readonly string LongToolList = List(LongTools, properties: 20);

    private static string List(int tools, int properties) =>
        $$"""
            {"tools":[{{string.Join(',', Enumerable.Range(1, tools).Select(number => Tool(number, properties)))}}]}
            """;

    /// <param name="properties">Parameters beside the five that every tool has.</param>
    private static string Tool(int number, int properties) =>
        $$$"""
            {"name":"search_records_{{{number}}}","title":"Search records {{{number}}}","description":"Searches the records of collection {{{number}}} by words, dates and owners, newest first, and gives back at most the asked number of them.","inputSchema":{"type":"object","properties":{{{{string.Concat(
                Enumerable.Range(1, properties).Select(Property)
            )}}}"query":{"type":"string","description":"Words that must appear"},"limit":{"type":"integer","minimum":1,"maximum":100,"default":20},"since":{"type":"string","format":"date-time"},"owners":{"type":"array","items":{"type":"string"}},"order":{"type":"string","enum":["newest","oldest","relevance"]}},"required":["query"],"additionalProperties":false},"annotations":{"readOnlyHint":true,"openWorldHint":false}}
            """;

    private static string Property(int number) =>
        $$$$"""
            "filter_{{{{number}}}}":{"type":"object","description":"Keeps only what the filter number {{{{number}}}} matches.","properties":{"id":{"type":"string"}}},
            """;
}
