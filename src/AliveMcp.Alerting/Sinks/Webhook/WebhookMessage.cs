using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Sinks.Webhook;

/// <summary>The body of the generic webhook, a public format: snake_case, versioned, members are added and never change. Pure.</summary>
internal static class WebhookMessage
{
    public const string TimestampHeader = "AliveMCP-Timestamp";
    public const string SignatureHeader = "AliveMCP-Signature";

    /// <param name="message">What.</param>
    /// <param name="stop">Where a visitor who gets it stops it; null: its owner has other ways.</param>
    public static byte[] Of(AlertMessage message, Uri? stop = null)
    {
        var leaving = LeavingMessage.Of(message);
        var body = new JsonObject
        {
            ["version"] = leaving.Version,
            ["id"] = leaving.Id,
            ["type"] = leaving.Type,
            ["dedup_key"] = leaving.DedupKey,
            ["tenant"] = leaving.Tenant,
            ["server"] = ServerOf(leaving.Server),
            ["severity"] = leaving.Severity,
            ["state"] = leaving.State,
            ["failure_reason"] = leaving.FailureReason,
            ["failure_layer"] = leaving.FailureLayer,
            ["regions"] = new JsonArray([.. leaving.Regions.Select(RegionOf)]),
            ["started_at"] = Time(leaving.StartedAt),
        };
        if (leaving.ResolvedAt is { } resolved)
        {
            body["resolved_at"] = Time(resolved);
        }

        if (leaving.DurationSeconds is { } duration)
        {
            body["duration_seconds"] = duration;
        }

        body["probe_count"] = leaving.ProbeCount;
        body["summary"] = leaving.Summary;
        body["details"] = leaving.Details;
        body["runbook_url"] = leaving.RunbookUrl?.AbsoluteUri;
        body["status_url"] = leaving.StatusUrl?.AbsoluteUri;
        if (stop is not null)
        {
            body["unsubscribe_url"] = stop.AbsoluteUri;
        }

        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    /// <summary>The headers that prove where a body comes from: whoever checks one of the keys is content during a rotation too.</summary>
    /// <param name="body">As it is sent, byte by byte.</param>
    /// <param name="keys">The newest first; at least one.</param>
    /// <param name="now">Old timestamps are to be refused: nobody plays an answer back.</param>
    public static IReadOnlyList<(string Name, string Value)> Sign(
        byte[] body,
        IReadOnlyList<byte[]> keys,
        DateTimeOffset now
    )
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "."), .. body];
        var signatures = keys.Select(key => "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, signed)));
        return [(TimestampHeader, timestamp), (SignatureHeader, string.Join(',', signatures))];
    }

    private static JsonObject? ServerOf(MessageServer? server) =>
        server is null
            ? null
            : new JsonObject
            {
                ["slug"] = server.Slug,
                ["name"] = server.Name,
                ["url"] = server.Url,
            };

    private static JsonObject RegionOf(MessageRegion region) =>
        new()
        {
            ["region"] = region.Region,
            ["city"] = region.City,
            ["state"] = region.State,
        };

    private static string Time(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
