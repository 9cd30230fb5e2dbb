using System.Net;

namespace AliveMcp.Egress;

/// <summary>
/// HTTP to an address that somebody else chose: resolved once, judged at dial time, that very address dialled. No redirect, no cookie, no
/// proxy, no more of a body than was asked for. Keep one as long as the program runs: connections are reused.
/// </summary>
public sealed class SafeHttp : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly TimeProvider _clock;

    /// <param name="guard">Which addresses may be dialled.</param>
    /// <param name="clock">For time limits.</param>
    /// <param name="connectWithin">For the connection alone. Default 5 s.</param>
    public SafeHttp(EgressGuard guard, TimeProvider clock, TimeSpan? connectWithin = null)
    {
        _clock = clock;
        var budget = connectWithin ?? TimeSpan.FromSeconds(5);
        _invoker = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                AutomaticDecompression = DecompressionMethods.None,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                MaxResponseHeadersLength = 32,
                ConnectCallback = async (context, cancellationToken) =>
                {
                    var dialer = new EgressDialer(guard, clock);
                    var end = context.DnsEndPoint;
                    var dial = await dialer.DialAsync(end.Host, end.Port, budget, cancellationToken);
                    return dial.Socket is { } socket
                        ? new System.Net.Sockets.NetworkStream(socket, ownsSocket: true)
                        : throw new HttpRequestException($"No connection: {dial.Fault}.");
                },
            }
        );
    }

    /// <summary>Sends and reads the whole answer, whatever its status.</summary>
    /// <param name="request">An absolute http or https URL; disposed of by the caller.</param>
    /// <param name="mostBytes">A longer body is refused.</param>
    /// <param name="within">For everything together.</param>
    /// <param name="cancellationToken">The caller's own wish to stop.</param>
    /// <exception cref="HttpRequestException">There is no such answer: not allowed, not reached, broken off, too long or too late.</exception>
    public async Task<SafeAnswer> SendAsync(
        HttpRequestMessage request,
        int mostBytes,
        TimeSpan within,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        using var patience = new CancellationTokenSource(within, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var answer = await _invoker.SendAsync(request, either.Token);
            var body = await ReadAsync(answer.Content, mostBytes, either.Token);
            return new SafeAnswer(answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "", body)
            {
                RetryAfter = RetryAfterOf(answer),
            };
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"No answer within {within.TotalSeconds:0.#} s.", fault);
        }
        catch (IOException fault)
        {
            throw new HttpRequestException("The answer broke off.", fault);
        }
    }

    public void Dispose() => _invoker.Dispose();

    private TimeSpan? RetryAfterOf(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date > _clock.GetUtcNow() => date - _clock.GetUtcNow(),
            _ => null,
        };

    private static async Task<byte[]> ReadAsync(HttpContent content, int most, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var kept = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (kept.Length + read > most)
            {
                throw new HttpRequestException($"The answer is longer than {most} bytes.");
            }

            kept.Write(buffer, 0, read);
        }

        return kept.ToArray();
    }
}

/// <summary>A whole answer: its status, its media type (empty: none) and its bytes.</summary>
public sealed record SafeAnswer(HttpStatusCode Status, string MediaType, byte[] Body)
{
    /// <summary>How long the other side asks to be left alone, by its header <c>Retry-After</c>; null: it says nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
