using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Apply;

/// <summary>Hands a servers file to an install, with the install's token.</summary>
internal sealed class ApplyClient : IDisposable
{
    private const int LargestAnswer = 8 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly Uri _url;
    private readonly string _token;

    public ApplyClient(Uri url, string token)
    {
        // A redirect would carry the file elsewhere, and a proxy has no business between us and this machine.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !url.IsLoopback };
        _http = new HttpClient(handler)
        {
            Timeout = TimeSpan.FromSeconds(60),
            MaxResponseContentBufferSize = LargestAnswer,
        };
        _url = url;
        _token = token;
    }

    /// <exception cref="ApplyFailedException">The install refuses, or does not answer.</exception>
    public async Task<ApplyAnswer> ApplyAsync(string text, bool prune, bool dryRun, CancellationToken cancellationToken)
    {
        var query = $"/api/v1/servers/apply?prune={Word(prune)}&dry_run={Word(dryRun)}";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_url, query))
        {
            Content = new StringContent(text, Encoding.UTF8, "application/yaml"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            return await ReadAsync(answer, cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            throw new ApplyFailedException(
                ExitCodes.Unavailable,
                $"Nothing answers at {_url}: {SafeText.Of(fault.Message)}",
                "Is AliveMCP running there? 'deploy/up.sh' or 'alivemcp up' starts it; --url names another place."
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ApplyFailedException(ExitCodes.Unavailable, $"No answer from {_url} within 60 s.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Word(bool value) => value ? "true" : "false";

    private async Task<ApplyAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return JsonSerializer.Deserialize(text, ApplyJson.Default.ApplyAnswer) ?? throw Odd(answer);
            }

            var refusal = JsonSerializer.Deserialize(text, ApplyJson.Default.ApplyRefusal);
            throw refusal?.Code is null ? Odd(answer) : Refused(answer.StatusCode, refusal);
        }
        catch (JsonException)
        {
            throw Odd(answer);
        }
    }

    private static ApplyFailedException Refused(HttpStatusCode status, ApplyRefusal refusal)
    {
        var code = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? ExitCodes.NoPermission
            : ExitCodes.Refused;
        var problems = refusal.Errors.Count > 0 ? refusal.Errors.Select(error => error.Message) : [refusal.Detail];
        return new ApplyFailedException(code, [.. problems.Select(problem => SafeText.Of(problem, 600))]);
    }

    private ApplyFailedException Odd(HttpResponseMessage answer) =>
        new(
            ExitCodes.Unavailable,
            $"{_url} answered {(int)answer.StatusCode}, and not as AliveMCP does. Is it the right address? --url names another."
        );
}
