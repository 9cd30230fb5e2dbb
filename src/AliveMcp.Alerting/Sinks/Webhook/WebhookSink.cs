using System.Globalization;
using System.Text;
using System.Text.Json;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Sinks.Webhook;

/// <summary>Posts our own JSON, signed, to an address whose owner proved that it is hers. Its answers' bodies are nobody's business.</summary>
internal sealed class WebhookSink(SinkHttp http, TimeProvider clock) : ISink
{
    /// <summary>How long the key before stays good.</summary>
    public static readonly TimeSpan BothKeys = TimeSpan.FromHours(24);

    public SinkKind Kind => SinkKind.Webhook;

    public async Task<SinkAnswer> SendAsync(
        SinkAtHand sink,
        AlertMessage message,
        string? thread,
        CancellationToken cancellationToken
    )
    {
        var reply = await PostAsync(sink, WebhookMessage.Of(message), cancellationToken);
        return reply?.ToAnswer() ?? SinkAnswer.Shut;
    }

    /// <returns>Null: its secrets cannot be opened.</returns>
    public async Task<SinkReply?> PostAsync(SinkAtHand sink, byte[] body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var now = clock.GetUtcNow();
        if (sink.Secret is null || KeysOf(sink, now) is not { Count: > 0 } keys)
        {
            return null;
        }

        var url = new Uri(Encoding.ASCII.GetString(sink.Secret));
        return await http.SendAsync(
            HttpMethod.Post,
            url,
            body,
            WebhookMessage.Sign(body, keys, now),
            cancellationToken
        );
    }

    /// <summary>The key of the current slot, and for a day after a rotation the one before.</summary>
    private static IReadOnlyList<byte[]> KeysOf(SinkAtHand sink, DateTimeOffset now)
    {
        var slot = sink.Settings.GetProperty("key_slot").GetInt32();
        if (sink.Keys.ElementAtOrDefault(slot) is not { } current)
        {
            return [];
        }

        return IsRotating(sink.Settings, now) && sink.Keys.ElementAtOrDefault(1 - slot) is { } before
            ? [current, before]
            : [current];
    }

    private static bool IsRotating(JsonElement settings, DateTimeOffset now) =>
        settings.TryGetProperty("rotated_at", out var at)
        && now
            < DateTimeOffset.Parse(at.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                + BothKeys;
}
