using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AliveMcp.Cli.Up;

/// <summary>Asks the API of the Host that we started, with the install's own token.</summary>
internal sealed class VerdictFeed : IDisposable
{
    /// <summary>A terminal holds no more.</summary>
    private const int MostRows = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly HttpClient _http;

    public VerdictFeed(Uri host, string home)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = host,
            Timeout = TimeSpan.FromSeconds(10),
        };
        var token = File.ReadAllText(Path.Combine(home, "run", "api-key")).Trim();
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The install's servers, in the order they were registered.</summary>
    public async Task<IReadOnlyList<Verdict>> ReadAsync(CancellationToken cancellationToken)
    {
        var page = await _http.GetFromJsonAsync<Page>($"/api/v1/servers?take={MostRows}", Json, cancellationToken);
        var verdicts = new List<Verdict>();
        foreach (var server in page!.Servers)
        {
            verdicts.Add(await VerdictAsync(server, cancellationToken));
        }

        return verdicts;
    }

    /// <summary>Whether a minute of that server lies in the archive.</summary>
    public async Task<bool> IsArchivedAsync(string slug, CancellationToken cancellationToken)
    {
        var minutes = await _http.GetFromJsonAsync<Minutes>(
            $"/api/v1/servers/{slug}/minutes?last=1",
            Json,
            cancellationToken
        );
        return minutes!.Lines.Count > 0;
    }

    public void Dispose() => _http.Dispose();

    private async Task<Verdict> VerdictAsync(Entry server, CancellationToken cancellationToken)
    {
        var verdict = new Verdict
        {
            Slug = server.Slug,
            State = server.Paused ? "paused" : "unknown",
            PublicSlug = server.PublicSlug,
        };
        if (server.Paused)
        {
            return verdict;
        }

        return server.PublicSlug is { } slug
            ? await PublicAsync(verdict, slug, cancellationToken)
            : await PrivateAsync(verdict, cancellationToken);
    }

    private async Task<Verdict> PublicAsync(Verdict verdict, string slug, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync($"/api/embed-status/{slug}", cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return verdict;
        }

        var status = await response.Content.ReadFromJsonAsync<Status>(Json, cancellationToken);
        return verdict with
        {
            State = status!.State,
            LastMinute = status.LastProbeAt,
            P95Ms = status.P95Ms,
            Uptime30d = status.Uptime30d,
        };
    }

    /// <summary>A private server has no embed answer; its last archived minute tells.</summary>
    private async Task<Verdict> PrivateAsync(Verdict verdict, CancellationToken cancellationToken)
    {
        var minutes = await _http.GetFromJsonAsync<Minutes>(
            $"/api/v1/servers/{verdict.Slug}/minutes?last=1",
            Json,
            cancellationToken
        );
        return minutes!.Lines is [var last, ..]
            ? verdict with
            {
                State = last.State,
                LastMinute = last.Minute,
            }
            : verdict;
    }

    private sealed record Page(IReadOnlyList<Entry> Servers);

    private sealed record Entry(string Slug, string? PublicSlug, bool Paused);

    private sealed record Status(
        string State,
        DateTimeOffset? LastProbeAt,
        int? P95Ms,
        [property: JsonPropertyName("uptime_30d")] decimal? Uptime30d
    );

    private sealed record Minutes([property: JsonPropertyName("minutes")] IReadOnlyList<Line> Lines);

    private sealed record Line(DateTimeOffset Minute, string State);
}
