using System.Net.Http.Headers;
using System.Text.Json;
using AliveMcp.Testing.History;
using AliveMcp.Testing.Rooms;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Archive.Tests.History;

/// <summary>The API over the stories of public servers: every state, every cadence, maintenance, a leap day, the ends of two months.</summary>
public sealed class ToldHistory : IAsyncLifetime
{
    public static readonly MinuteStamp Until = MinuteStamp.Of(new DateTimeOffset(2028, 3, 20, 7, 30, 0, TimeSpan.Zero));

    public static readonly HistoryShape Shape = new()
    {
        Until = Until,
        Days = 40,
        CalmDays = 0.5,
    };

    private HttpClient _http = null!;

    public ServersApi Api { get; } = new() { Clock = new TestClock(Shape.Now) };

    public IReadOnlyList<ServerStory> Stories { get; } = [.. new Storyteller(Shape).Tell(TenantId.Local, 1_001, 28)];

    public async ValueTask InitializeAsync()
    {
        await Api.InitializeAsync();
        await new HistoryWriter(Api.Storage.Doors).WriteAsync(Stories, CancellationToken.None);
        await using var connection = await Api.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO servers.public_listing (public_slug, tenant_id, server_id, name, display_url, tags, paused)
            SELECT 's' || id, 2, id, 'Server ' || id, 'https://mcp.example.com', '{}', false FROM unnest(@ids) AS id;
            INSERT INTO servers.server (server_id, tenant_id, slug, public_slug, name, url, canonical_url, origin, visibility,
                managed_by, created_at)
            OVERRIDING SYSTEM VALUE
            SELECT id, 2, 's' || id, 's' || id, 'Server ' || id, url || '/mcp', url || '/mcp', url, 1, 'file', now()
            FROM unnest(@ids) AS id, LATERAL (SELECT 'https://mcp' || id || '.example.com' AS url) AS place
            """,
            new { ids = Stories.Select(story => story.Server.Server.Value).ToArray() }
        );
        _http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = Api.Url };
    }

    public static string Slug(ServerStory story) => $"s{story.Server.Server.Value}";

    /// <summary>Asks as a stranger, or with a token.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{path}");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> JsonAsync(string path, string? token = null)
    {
        using var answer = await SendAsync(path, token);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        await Api.DisposeAsync();
    }
}
