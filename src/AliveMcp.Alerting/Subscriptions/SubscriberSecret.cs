using System.Text.Json;
using AliveMcp.Alerting.Messages;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>What is sealed of a subscription: opened by the worker that is about to send, and by nobody else.</summary>
/// <param name="Place">The mail address, or the webhook's whole address.</param>
/// <param name="Stop">Token of the link that stops the messages.</param>
/// <param name="Key">What a webhook's messages are signed with.</param>
internal sealed record SubscriberSecret(string Place, string Stop, string? Key)
{
    public const string Thing = "subscription";

    public static ThingPlace PlaceOf(TenantId tenant, int subscription) => new(tenant, Thing, subscription);

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, AlertJson.Options);

    /// <returns>Null: it was never ours.</returns>
    public static SubscriberSecret? Read(byte[]? bytes)
    {
        try
        {
            return bytes is null ? null : JsonSerializer.Deserialize<SubscriberSecret>(bytes, AlertJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "SubscriberSecret";
}
