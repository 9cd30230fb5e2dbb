using System.Text;
using System.Text.Json;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Sinks.PagerDuty;

/// <summary>Sends events; the same key means the same incident there, so sending one twice does no harm.</summary>
internal sealed class PagerDutySink(SinkHttp http, SinkOptions options) : ISink
{
    public SinkKind Kind => SinkKind.PagerDuty;

    public async Task<SinkAnswer> SendAsync(
        SinkAtHand sink,
        AlertMessage message,
        string? thread,
        CancellationToken cancellationToken
    )
    {
        if (sink.Secret is null)
        {
            return SinkAnswer.Shut;
        }

        var key = Encoding.ASCII.GetString(sink.Secret);
        var body = JsonSerializer.SerializeToUtf8Bytes(PagerDutyMessage.Of(message, key));
        var service = sink.Settings.GetProperty("region").GetString() == "eu" ? options.PagerDutyEu : options.PagerDuty;
        var url = new Uri(service, "/v2/enqueue");
        var reply = await http.SendAsync(HttpMethod.Post, url, body, [], cancellationToken);
        return reply.ToAnswer(reply.IsTaken ? "" : ReasonOf(reply.Body)) with
        {
            RequestId = reply.IsTaken ? message.DedupKey : null,
        };
    }

    /// <summary>Its <c>errors</c> name fields and repeat no value.</summary>
    private static string ReasonOf(string body)
    {
        using var json = SinkReply.Read(body);
        return
            json?.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty("errors", out var errors)
            && errors.ValueKind == JsonValueKind.Array
            ? string.Join("; ", errors.EnumerateArray().Take(3).Select(error => error.ToString()))
            : "";
    }
}
