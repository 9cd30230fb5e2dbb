using AliveMcp.Probing.Credentials;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Transports;

/// <summary>Carries requests to one endpoint: follows the few redirects that an agent would, and reads refusals.</summary>
internal sealed class Courier(Wire wire, Uri target)
{
    private const int MostHops = 3;

    public Wire Wire => wire;

    public ProbeLimits Limits => wire.Limits;

    /// <summary>The endpoint; where it was redirected to, once it was.</summary>
    public Uri Target { get; private set; } = target;

    /// <summary>What lets us in; null asks as a stranger.</summary>
    public DoorKey? Key { get; set; }

    /// <summary>The endpoint was redirected: the URL that should be used instead.</summary>
    public bool WasRedirected { get; private set; }

    /// <summary>Sends what <paramref name="write"/> makes for the endpoint; the answer's head may be of any status.</summary>
    public async ValueTask<Reply> SendAsync(Func<Uri, HttpRequestMessage> write)
    {
        for (var hop = 0; ; hop++)
        {
            using var request = write(Target);
            var reply = await wire.SendAsync(request, wire.Deadline.Token);
            if (
                hop == MostHops
                || reply.Response is not { } response
                || !Redirects.TryFollow(Target, response, out var next)
            )
            {
                return reply;
            }

            response.Dispose();
            Target = next;
            WasRedirected = true;
        }
    }

    /// <summary>Reads an answer whose status is not 2xx.</summary>
    /// <param name="id">The id of the request; 0 for a notification.</param>
    public async ValueTask<Answer> ReadRefusalAsync(HttpResponseMessage response, int id, long began)
    {
        var bytes = await AnswerReader.ReadRefusalAsync(wire, response);
        var status = (int)response.StatusCode;
        var error = RpcEnvelope.ErrorIn(bytes.Written, id, wire.Limits.JsonDepth, out var answersUs);
        var signs = HttpSigns.Read(response, bytes.WrittenSpan);
        var fault = FaultOf(status, error, answersUs);
        return new Answer
        {
            Fault = fault,
            Status = status,
            Error = error,
            Detail =
                fault == WireFault.Redirected
                    ? $"expected an answer, got {status} to {signs.Location ?? "nowhere"}"
                    : $"expected an answer, got HTTP {status}{(error is null ? "" : $" with JSON-RPC error {error.Code}: {error.Message}")}",
            Signs = signs,
            Body = bytes,
            Took = wire.Took(began),
        };
    }

    /// <summary>What became of a request that got no head of an answer.</summary>
    public Answer Unanswered(Reply reply, long began)
    {
        var answer = Answer.Failed(reply.Fault, null, reply.Detail);
        answer.Took = wire.Took(began);
        return answer;
    }

    // A JSON-RPC error that answers us is an MCP server speaking, whatever 4xx it travels with. Doors, quotas and 5xx speak for themselves.
    private static WireFault FaultOf(int status, RpcError? error, bool answersUs) =>
        status is >= 300 and < 400 ? WireFault.Redirected
        : status is > 403 and not 429 and < 500 or 400
        && error is not null
        && (answersUs || ErrorCode.IsModern(error.Code))
            ? WireFault.RpcError
        : WireFault.HttpStatus;
}
