using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Transports;

/// <summary>HTTP+SSE of 2024-11-05: one GET stream carries every answer, messages are posted to the endpoint that it names first.</summary>
internal sealed class LegacySse : ITransport
{
    private readonly Courier _courier;
    private readonly HttpResponseMessage _response;
    private readonly BoundedBody _body;
    private readonly EventStream _stream;
    private Uri _endpoint;

    private LegacySse(Courier courier, HttpResponseMessage response, BoundedBody body)
    {
        (_courier, _response, _body) = (courier, response, body);
        _stream = new EventStream(body, courier.Limits);
        _endpoint = courier.Target;
    }

    public McpTransport Kind => McpTransport.Sse;

    // Its session is the stream itself; the id stands in the endpoint's URL.
    public bool HasSession => false;

    /// <summary>Opens the stream and waits for the endpoint's name; an answer is why that failed.</summary>
    public static async ValueTask<(LegacySse? Transport, Answer Opened)> OpenAsync(Courier courier)
    {
        var began = courier.Wire.Now();
        var reply = await courier.SendAsync(url =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
            courier.Key?.ShowWith(request);
            return request;
        });
        if (reply.Response is not { } response)
        {
            return (null, courier.Unanswered(reply, began));
        }

        if (!response.IsSuccessStatusCode)
        {
            using (response)
            {
                return (null, await courier.ReadRefusalAsync(response, 0, began));
            }
        }

        var transport = new LegacySse(courier, response, await AnswerReader.OpenAsync(courier.Wire, response));
        var opened = await transport.ReadEndpointAsync(began);
        if (opened.Succeeded)
        {
            return (transport, opened);
        }

        transport.Dispose();
        return (null, opened);
    }

    public void Adopt(string version) { }

    public async ValueTask<Answer> AskAsync(RpcCall call)
    {
        var began = _courier.Wire.Now();
        if (await PostAsync(call, began) is { } refused)
        {
            return refused;
        }

        _body.StartAnew();
        var answer = await _stream.ReadAnswerAsync(call.Id, (int)_response.StatusCode, _courier.Wire.Deadline.Token);
        answer.Took = _courier.Wire.Took(began);
        return answer;
    }

    public async ValueTask<Answer> TellAsync(RpcCall call)
    {
        var began = _courier.Wire.Now();
        return await PostAsync(call, began) ?? new Answer { Status = 202, Took = _courier.Wire.Took(began) };
    }

    public void Dispose()
    {
        _stream.Dispose();
        _body.Dispose();
        _response.Dispose();
    }

    /// <summary>Posts a message; an answer is why it was not taken.</summary>
    private async ValueTask<Answer?> PostAsync(RpcCall call, long began)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint)
        {
            Content = new ReadOnlyMemoryContent(call.Body),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        _courier.Key?.ShowWith(request);
        var reply = await _courier.Wire.SendAsync(request, _courier.Wire.Deadline.Token);
        if (reply.Response is not { } response)
        {
            return _courier.Unanswered(reply, began);
        }

        using (response)
        {
            if (!response.IsSuccessStatusCode)
            {
                return await _courier.ReadRefusalAsync(response, call.Id, began);
            }

            await AnswerReader.SkipAsync(_courier.Wire, response);
            return null;
        }
    }

    private async ValueTask<Answer> ReadEndpointAsync(long began)
    {
        var status = (int)_response.StatusCode;
        if (AnswerReader.MediaType(_response) is not "text/event-stream")
        {
            var type = AnswerReader.MediaType(_response) ?? "no content type";
            return Failed(WireFault.NotJsonRpc, $"expected text/event-stream, got {type}", began);
        }

        using var data = await _stream.NextAsync(_courier.Wire.Deadline.Token);
        if (data is null)
        {
            return _body.Fault == WireFault.None
                ? Failed(WireFault.StreamEnded, "expected an endpoint event, got the stream's end", began)
                : Failed(_body.Fault, _body.Detail, began);
        }

        if (!string.Equals(_stream.EventType, "endpoint", StringComparison.Ordinal))
        {
            return Failed(WireFault.NotJsonRpc, $"expected an endpoint event first, got '{_stream.EventType}'", began);
        }

        var named = System.Text.Encoding.UTF8.GetString(data.WrittenSpan);
        if (!Uri.TryCreate(_courier.Target, named, out var endpoint))
        {
            return Failed(WireFault.NotJsonRpc, $"expected a URL as endpoint, got '{named}'", began);
        }

        // Followed to another origin, a stranger could send our requests anywhere.
        if (!Redirects.IsSameOrigin(_courier.Target, endpoint))
        {
            return Failed(WireFault.Redirected, $"expected an endpoint of the same origin, got '{endpoint}'", began);
        }

        _endpoint = endpoint;
        return new Answer { Status = status, Took = _courier.Wire.Took(began) };
    }

    private Answer Failed(WireFault fault, string? detail, long began)
    {
        var answer = Answer.Failed(fault, (int)_response.StatusCode, detail);
        answer.Took = _courier.Wire.Took(began);
        return answer;
    }
}
