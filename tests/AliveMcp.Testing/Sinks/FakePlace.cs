using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Testing.Sinks;

/// <summary>A service that takes messages, on a real socket; each one is kept as it came. What it answers is its own until it is told to misbehave.</summary>
public abstract class FakePlace : IAsyncDisposable
{
    private WebApplication _app = null!;

    /// <summary>Its own address, with port.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Every request, in the order of arrival.</summary>
    public ConcurrentQueue<TakenRequest> Taken { get; } = new();

    /// <summary>Instead of its own answer; null: as usual.</summary>
    public Func<TakenRequest, FakeReply?>? Misbehaves { get; set; }

    /// <summary>The range of the egress guard that lets tests reach it.</summary>
    public string Allowed => $"127.0.0.1/32:{Url.Port}";

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _app.DisposeAsync();
    }

    protected abstract FakeReply Answer(TakenRequest request);

    protected async Task ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(TakeAsync);
        await _app.StartAsync();
        Url = new Uri(_app.Urls.Single());
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var request = new TakenRequest(
            http.Request.Method,
            http.Request.Path.Value ?? "",
            http.Request.QueryString.Value ?? "",
            http.Request.Headers.ToDictionary(
                header => header.Key,
                header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase
            ),
            await reader.ReadToEndAsync(http.RequestAborted)
        );
        Taken.Enqueue(request);
        var reply = Misbehaves?.Invoke(request) ?? Answer(request);
        http.Response.StatusCode = reply.Status;
        http.Response.ContentType = reply.Type;
        foreach (var (name, value) in reply.Headers)
        {
            http.Response.Headers[name] = value;
        }

        await http.Response.WriteAsync(reply.Body, http.RequestAborted);
    }
}

/// <summary>A request as it came.</summary>
public sealed record TakenRequest(
    string Method,
    string Path,
    string Query,
    IReadOnlyDictionary<string, string> Headers,
    string Body
)
{
    /// <summary>The body as JSON; null: it is none.</summary>
    public JsonObject? Json
    {
        get
        {
            try
            {
                return Body.Length == 0 ? null : JsonNode.Parse(Body) as JsonObject;
            }
            catch (System.Text.Json.JsonException)
            {
                return null;
            }
        }
    }
}

/// <summary>An answer.</summary>
public sealed record FakeReply(int Status, string Body, string Type = "application/json")
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
