using System.Text.Json;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Sinks.Slack;

/// <summary>Posts to an incoming webhook. Such a message can be neither edited nor answered: each one stands for itself.</summary>
internal sealed class SlackSink(SinkHttp http, SinkOptions options, AcknowledgeLinks links) : ISink
{
    public SinkKind Kind => SinkKind.Slack;

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

        var acknowledge = await links.MakeAsync(sink, message, cancellationToken);
        var body = JsonSerializer.SerializeToUtf8Bytes(SlackMessage.Of(MessageView.Of(message), acknowledge));
        var url = SinkAddress.Of(options.Slack, sink.Secret);
        return AnswerOf(await http.SendAsync(HttpMethod.Post, url, body, [], cancellationToken));
    }

    /// <summary>Its errors are words in the body: <c>invalid_payload</c>, <c>no_service</c>, <c>channel_is_archived</c>.</summary>
    public static SinkAnswer AnswerOf(SinkReply reply) => reply.ToAnswer(reply.IsTaken ? "" : reply.Body.Trim());
}
