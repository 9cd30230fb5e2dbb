using AliveMcp.Probing.Eras;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Transports;

/// <summary>Streamable HTTP: every message is a POST, its answer JSON or an event stream in the response.</summary>
internal sealed class StreamableHttp(Courier courier) : ITransport
{
    private string? _version;
    private string? _session;
    private bool _namesMethod;

    public McpTransport Kind => McpTransport.Http;

    public bool HasSession => _session is not null;

    /// <summary>The server sent a session id that no header may carry.</summary>
    public bool SessionUnusable { get; private set; }

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
    }

    /// <summary>Begins from nothing: an <c>initialize</c> carries no version.</summary>
    public void Forget()
    {
        _version = null;
        _namesMethod = false;
    }

    public async ValueTask<Answer> AskAsync(RpcCall call)
    {
        var began = courier.Wire.Now();
        var reply = await SendAsync(call);
        if (reply.Response is not { } response)
        {
            return courier.Unanswered(reply, began);
        }

        using (response)
        {
            return response.IsSuccessStatusCode
                ? await AnswerReader.ReadAsync(courier.Wire, response, call.Id, began)
                : await courier.ReadRefusalAsync(response, call.Id, began);
        }
    }

    public async ValueTask<Answer> TellAsync(RpcCall call)
    {
        var began = courier.Wire.Now();
        var reply = await SendAsync(call);
        if (reply.Response is not { } response)
        {
            return courier.Unanswered(reply, began);
        }

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

    /// <summary>Ends the session, if there is one. True: ended; false: refused or not answered; null: there was none.</summary>
    public async ValueTask<bool?> LeaveAsync()
    {
        if (_session is null)
        {
            return null;
        }

        courier.Wire.Deadline.AllowGoodbye(courier.Limits.Goodbye);
        var reply = await courier.SendAsync(url => Carrying(new HttpRequestMessage(HttpMethod.Delete, url)));
        _session = null;
        using (reply.Response)
        {
            return reply.Response?.IsSuccessStatusCode ?? false;
        }
    }

    public void Dispose() { }

    private async ValueTask<Reply> SendAsync(RpcCall call)
    {
        var reply = await courier.SendAsync(url => Write(url, call));
        if (reply.Response is { } response && _session is null && !_namesMethod)
        {
            NoteSession(response);
        }

        return reply;
    }

    private HttpRequestMessage Write(Uri url, RpcCall call)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(call.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        if (_namesMethod)
        {
            request.Headers.TryAddWithoutValidation("Mcp-Method", call.Method);
        }

        return Carrying(request);
    }

    private HttpRequestMessage Carrying(HttpRequestMessage request)
    {
        if (_version is not null)
        {
            request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", _version);
        }

        if (_session is not null)
        {
            request.Headers.TryAddWithoutValidation("Mcp-Session-Id", _session);
        }

        return request;
    }

    // Taken from the head at once, so that a session is ended even when the answer behind it never comes.
    private void NoteSession(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Mcp-Session-Id", out var values))
        {
            return;
        }

        var session = values.ToString();
        SessionUnusable = session.Length == 0 || session.AsSpan().ContainsAnyExceptInRange('!', '~');
        _session = SessionUnusable ? null : session;
    }
}
