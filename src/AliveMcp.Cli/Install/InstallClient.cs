using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Install;

/// <summary>Asks a running install, with its token.</summary>
internal sealed class InstallClient : IDisposable
{
    private const int LargestAnswer = 8 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly Uri _url;
    private readonly string _token;

    public InstallClient(Uri url, string token)
    {
        // A redirect would carry the token elsewhere, and a proxy has no business between us and this machine.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !url.IsLoopback };
        _http = new HttpClient(handler)
        {
            Timeout = TimeSpan.FromSeconds(60),
            MaxResponseContentBufferSize = LargestAnswer,
        };
        _url = url;
        _token = token;
    }

    /// <summary>A body to send.</summary>
    public static HttpContent Json<T>(T value, JsonTypeInfo<T> shape) =>
        new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, shape))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };

    /// <param name="method">How to ask.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="body">What to send; null for nothing.</param>
    /// <param name="shape">What the answer is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CallFailedException">The install refuses, or does not answer.</exception>
    public async Task<T> AskAsync<T>(
        HttpMethod method,
        string path,
        HttpContent? body,
        JsonTypeInfo<T> shape,
        CancellationToken cancellationToken
    )
        where T : class
    {
        using var request = new HttpRequestMessage(method, new Uri(_url, path)) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        if (method == HttpMethod.Delete || method == HttpMethod.Put)
        {
            // Whoever names a thing by its number at a terminal means it as it is.
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Any);
        }

        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            return await ReadAsync(answer, shape, cancellationToken);
        }
        catch (Exception fault) when (fault is HttpRequestException or HttpIOException)
        {
            throw new CallFailedException(
                ExitCodes.Unavailable,
                $"Nothing answers at {_url}: {SafeText.Of(fault.Message)}",
                "Is AliveMCP running there? 'deploy/up.sh' or 'alivemcp up' starts it; --url names another place."
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CallFailedException(ExitCodes.Unavailable, $"No answer from {_url} within 60 s.");
        }
    }

    /// <summary>Writes an answer to a file as it comes, however long it is.</summary>
    /// <param name="path">Path and query.</param>
    /// <param name="file">Where to; what is there is replaced.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CallFailedException">The install refuses, does not answer, or broke off.</exception>
    public async Task SaveAsync(string path, string file, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_url, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        try
        {
            using var answer = await _http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                await ReadAsync(answer, InstallJson.Default.InstallRefusal, cancellationToken);
            }

            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            await using var target = File.Create(file);
            await body.CopyToAsync(target, cancellationToken);
        }
        // A connection that was reset is told as what its socket said; the file's own faults have no socket.
        catch (Exception fault)
            when (fault is HttpRequestException or HttpIOException or IOException { InnerException: SocketException })
        {
            throw new CallFailedException(
                ExitCodes.Unavailable,
                $"{_url} does not answer, or broke off: {SafeText.Of(fault.Message)}"
            );
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> ReadAsync<T>(
        HttpResponseMessage answer,
        JsonTypeInfo<T> shape,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            if (
                answer.StatusCode
                is HttpStatusCode.OK
                    or HttpStatusCode.Created
                    or HttpStatusCode.Accepted
                    or HttpStatusCode.NoContent
            )
            {
                return JsonSerializer.Deserialize(text.Length == 0 ? "{}" : text, shape) ?? throw Odd(answer);
            }

            var refusal = JsonSerializer.Deserialize(text, InstallJson.Default.InstallRefusal);
            throw refusal?.Code is null ? Odd(answer) : Refused(answer.StatusCode, refusal);
        }
        catch (JsonException)
        {
            throw Odd(answer);
        }
    }

    private static CallFailedException Refused(HttpStatusCode status, InstallRefusal refusal)
    {
        var code = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? ExitCodes.NoPermission
            : ExitCodes.Refused;
        var problems = refusal.Errors.Count > 0 ? refusal.Errors.Select(error => error.Message) : [refusal.Detail];
        return new CallFailedException(code, [.. problems.Select(problem => SafeText.Of(problem, 600))]);
    }

    private CallFailedException Odd(HttpResponseMessage answer) =>
        new(
            ExitCodes.Unavailable,
            $"{_url} answered {(int)answer.StatusCode}, and not as AliveMCP does. Is it the right address? --url names another."
        );
}
