using System.Net.Http.Headers;
using System.Text;
using AliveMcp.Egress;

namespace AliveMcp.Alerting.Sinks;

/// <summary>The one way by which messages leave over HTTP: through the egress guard, no redirect, no cookie, a short answer, ten seconds.</summary>
internal sealed class SinkHttp(EgressGuard guard, TimeProvider clock, SinkOptions options) : IDisposable
{
    private const int LargestAnswer = 64 * 1024;
    private static readonly ProductInfoHeaderValue Agent = new("AliveMCP", "1.0");

    private readonly SafeHttp _http = new(guard, clock);

    /// <summary>Sends once.</summary>
    /// <param name="method">POST, PATCH or GET.</param>
    /// <param name="url">Absolute.</param>
    /// <param name="json">Null: no body.</param>
    /// <param name="headers">Besides the usual ones.</param>
    /// <param name="cancellationToken">Ours alone.</param>
    public async Task<SinkReply> SendAsync(
        HttpMethod method,
        Uri url,
        byte[]? json,
        IReadOnlyList<(string Name, string Value)> headers,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.UserAgent.Add(Agent);
        if (json is not null)
        {
            request.Content = new ByteArrayContent(json);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        try
        {
            var answer = await _http.SendAsync(request, LargestAnswer, options.Patience, cancellationToken);
            return new SinkReply(
                (int)answer.Status,
                Encoding.UTF8.GetString(answer.Body),
                answer.RetryAfter,
                Fault: null
            );
        }
        catch (HttpRequestException fault)
        {
            return new SinkReply(Status: null, "", RetryAfter: null, Told(fault));
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Our own sentences only: what the system says may name addresses.</summary>
    private static string Told(HttpRequestException fault) =>
        fault.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError => "No connection: TLS failed.",
            HttpRequestError.NameResolutionError => "No connection: the name does not resolve.",
            HttpRequestError.ConnectionError => "No connection.",
            HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse => "The answer broke off.",
            _ => fault.InnerException is null or OperationCanceledException or IOException
                ? fault.Message
                : "No connection.",
        };
}
