using System.Text.Json;

namespace AliveMcp.Drills.Archive;

/// <summary>What a host says of itself at <c>/readyz</c>.</summary>
/// <param name="IsReady">It takes work.</param>
/// <param name="Checks">What is not in order, by name, with what is said of it.</param>
internal sealed record Readiness(bool IsReady, IReadOnlyDictionary<string, string> Checks)
{
    public static async Task<Readiness> OfAsync(Uri host)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = host,
            Timeout = TimeSpan.FromMinutes(1),
        };
        using var answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var checks = json
            .RootElement.GetProperty("checks")
            .EnumerateObject()
            .Where(check => check.Value.GetProperty("status").GetString() != "ok")
            .ToDictionary(
                check => check.Name,
                check => check.Value.TryGetProperty("detail", out var detail) ? detail.GetString()! : "",
                StringComparer.Ordinal
            );
        return new Readiness(answer.IsSuccessStatusCode, checks);
    }

    public override string ToString() =>
        Checks.Count == 0 ? "in order" : string.Join("; ", Checks.Select(check => $"{check.Key}: {check.Value}"));
}
