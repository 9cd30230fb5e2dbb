using AliveMcp.Probing.Eras;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Transports;

/// <summary>Streamable HTTP: every message is a POST, its answer JSON or an event stream in the response.</summary>
internal sealed class StreamableHttp(Courier courier) : ITransport
{
    // A server that closes its stream more often than this before one answer is playing with us.
    private const int MostTurns = 8;

    private readonly SessionIds _sessions = new();
    private string? _version;
    private bool _namesMethod;

    public McpTransport Kind => McpTransport.Http;

    public bool HasSession => _sessions.Current is not null;

    /// <summary>The server sent a session id that no header may carry.</summary>
    public bool SessionUnusable => _sessions.Unusable;

    public Courier Courier => courier;

    public void Adopt(string version)
    {
        _version = Revisions.WantsVersionHeader(version) ? version : null;
        _namesMethod = false;
    }

    /// <summary>Speaks the discover era: the version and the method stand in headers of every request.</summary>
    public void AdoptStateless(string version)
    {
        _version = version;
        _namesMethod = true;
        _sessions.SetAside();
    }

    /// <summary>Begins from nothing: an <c>initialize</c> carries no version and no session, least of all a stale one.</summary>
    public void Forget()
    {
        _version = null;
        _namesMethod = false;
        _sessions.SetAside();
    }

    public async ValueTask<Answer> AskAsync(RpcCall call)
    {
        var began = courier.Wire.Now();
        var reply = await courier.SendAsync(url => Write(url, call));
        if (reply.Response is not { } response)
        {
            return courier.Unanswered(reply, began);
        }

        _sessions.Note(response, mayAdopt: !_namesMethod);
        Answer answer;
        using (response)
        {
            answer = response.IsSuccessStatusCode
                ? await AnswerReader.ReadAsync(courier.Wire, response, call.Id, began)
                : await courier.ReadRefusalAsync(response, call.Id, began);
        }

        // The discover era knows no resumption; an id on its streams means nothing.
        for (var turn = 0; answer.Rest is { } rest && !_namesMethod && turn < MostTurns; turn++)
        {
            answer.Dispose();
            answer = await ResumeAsync(rest, call.Id, began);
        }

        return answer;
    }

    public async ValueTask<Answer> TellAsync(RpcCall call)
    {
        var began = courier.Wire.Now();
        var reply = await courier.SendAsync(url => Write(url, call));
        if (reply.Response is not { } response)
        {
            return courier.Unanswered(reply, began);
        }

        _sessions.Note(response, mayAdopt: !_namesMethod);
        using (response)
        {
            if (!response.IsSuccessStatusCode)
            {
                return await courier.ReadRefusalAsync(response, call.Id, began);
            }

            var taken = new Answer { Status = (int)response.StatusCode, Took = courier.Wire.Took(began) };
            await AnswerReader.SkipAsync(courier.Wire, response);
            return taken;
        }
    }

    /// <summary>Ends whatever sessions were issued. True: ended; false: refused or not answered; null: there was none.</summary>
    public async ValueTask<bool?> LeaveAsync()
    {
        if (_sessions.IsEmpty)
        {
            return null;
        }

        courier.Wire.Deadline.AllowGoodbye(courier.Limits.Goodbye);
        bool? left = null;
        if (_sessions.Current is { } current)
        {
            left = await EndAsync(current, _version) is >= 200 and < 300;
        }

        foreach (var stray in _sessions.Strays)
        {
            // An id that came unasked may be none: "no such session" is as good an end as any.
            var ended = await EndAsync(stray, null) switch
            {
                >= 200 and < 300 => (bool?)true,
                400 or 404 or 405 => null,
                _ => false,
            };
            left = left == false ? false : ended ?? left;
        }

        _sessions.Clear();
        return left;
    }

    public void Dispose() { }

    private async ValueTask<Answer> ResumeAsync(StreamRest rest, int id, long began)
    {
        try
        {
            await Task.Delay(rest.Wait, courier.Wire.Clock, courier.Wire.Deadline.Token);
        }
        catch (OperationCanceledException)
        {
            courier.Wire.Deadline.ThrowIfCalledOff();
            return courier.Unanswered(new Reply(null, WireFault.Timeout, null), began);
        }

        var reply = await courier.SendAsync(url => Asking(url, rest.LastEventId));
        if (reply.Response is not { } response)
        {
            return courier.Unanswered(reply, began);
        }

        using (response)
        {
            if (response.IsSuccessStatusCode)
            {
                return await AnswerReader.ReadAsync(courier.Wire, response, id, began);
            }

            var status = (int)response.StatusCode;
            var detail = $"expected the rest of a stream that was closed to be asked for it again, got HTTP {status}";
            var refused = Answer.Failed(WireFault.StreamEnded, status, detail);
            refused.Took = courier.Wire.Took(began);
            return refused;
        }
    }

    private async ValueTask<int?> EndAsync(string session, string? version)
    {
        var reply = await courier.SendAsync(url =>
        {
            var request = new HttpRequestMessage(HttpMethod.Delete, url);
            return Carry(request, version, session);
        });
        using (reply.Response)
        {
            return (int?)reply.Response?.StatusCode;
        }
    }

    private HttpRequestMessage Asking(Uri url, string lastEventId)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        return Carry(request, _version, _sessions.Current);
    }

    private HttpRequestMessage Write(Uri url, RpcCall call)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(call.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        if (_namesMethod)
        {
            request.Headers.TryAddWithoutValidation("Mcp-Method", call.Method);
            foreach (var (name, value) in call.Mirrored ?? [])
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return Carry(request, _version, _sessions.Current);
    }

    private HttpRequestMessage Carry(HttpRequestMessage request, string? version, string? session)
    {
        courier.Key?.ShowWith(request);
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", version);
        }

        if (session is not null)
        {
            request.Headers.TryAddWithoutValidation("Mcp-Session-Id", session);
        }

        return request;
    }
}
