using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AliveMcp.Alerting.Sinks.Proofs;

namespace AliveMcp.Alerting.Sinks;

/// <summary>A sink as its tenant sees it; its secret is seen by nobody.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">slack, pagerduty, webhook, email, discord or telegram.</param>
/// <param name="Name">As its owner calls it.</param>
/// <param name="Address">Where it leads, without what is secret.</param>
/// <param name="State">unverified, verified, failing or disabled.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="VerifiedAt">When it was proven; null: it is not, and nothing but its proof is sent there.</param>
/// <param name="FailingSince">Since when its proof or its address fails; after a while it is switched off.</param>
/// <param name="DisabledAt">When it was switched off.</param>
/// <param name="DisabledWhy">Why.</param>
/// <param name="Proof">How it is to be proven; null when it is.</param>
public sealed record SeenSink(
    int Id,
    string Kind,
    string Name,
    string Address,
    string State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? VerifiedAt,
    DateTimeOffset? FailingSince,
    DateTimeOffset? DisabledAt,
    string? DisabledWhy,
    SeenProof? Proof
)
{
    /// <summary>What a webhook's messages are signed with: told in the answer that made it, and never again.</summary>
    public string? Secret { get; init; }

    /// <summary>Names its state.</summary>
    [JsonIgnore]
    public string ETag { get; init; } = "";

    internal static SeenSink Of(Sink sink, ISinkSettings kind, SinkProof? proof)
    {
        using var settings = JsonDocument.Parse(sink.Settings);
        return new(
            sink.SinkId,
            SinkWords.Of(sink.Kind),
            sink.Name,
            kind.Describe(settings.RootElement),
            sink.State,
            sink.CreatedAt,
            sink.VerifiedAt,
            sink.FailingSince ?? sink.NotFoundSince,
            sink.DisabledAt,
            sink.DisabledWhy,
            sink.VerifiedAt is null && proof is not null ? SeenProof.Of(proof) : null
        )
        {
            ETag = EtagOf(sink),
        };
    }

    internal static string EtagOf(Sink sink) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{sink.SinkId}-{sink.Version}\"");
}

/// <summary>How far the proof of a sink is.</summary>
/// <param name="ExpiresAt">Until then it is good.</param>
/// <param name="SentAt">When the code was sent or the challenge made; null: it will be in a moment.</param>
/// <param name="Detail">What came of that.</param>
public sealed record SeenProof(DateTimeOffset ExpiresAt, DateTimeOffset? SentAt, string? Detail)
{
    /// <summary>What to do, in words.</summary>
    public string? Instructions { get; init; }

    /// <summary>Name of the TXT record that shows whose host it is; webhooks only, told in the answer that asked for the proof.</summary>
    public string? DnsName { get; init; }

    /// <summary>What it holds.</summary>
    public string? DnsValue { get; init; }

    /// <summary>Or the file that does.</summary>
    public string? FileUrl { get; init; }

    /// <summary>What it holds.</summary>
    public string? FileBody { get; init; }

    internal static SeenProof Of(SinkProof proof) => new(proof.ExpiresAt, proof.SentAt, proof.Detail);
}

/// <summary>A page of sinks.</summary>
internal sealed record SinkPage(IReadOnlyList<SeenSink> Sinks, int? Next);

/// <summary>A test that was ordered.</summary>
/// <param name="Delivery">Number of its delivery, whose log tells what came of it.</param>
public sealed record OrderedTest(long Delivery);

/// <summary>For the API's description: what a sink is made of, by kind.</summary>
internal sealed record SinkBody(
    string Kind,
    string Name,
    string? Url = null,
    string? RoutingKey = null,
    string? Region = null,
    string? Email = null,
    string? BotToken = null,
    string? ChatId = null
);

/// <summary>For the API's description: what may be changed. A new address is proven anew.</summary>
internal sealed record SinkPatch(
    string? Name = null,
    string? Url = null,
    string? RoutingKey = null,
    string? Region = null,
    string? Email = null,
    string? BotToken = null,
    string? ChatId = null
);

/// <summary>For the API's description: the code that was sent; a webhook has none.</summary>
internal sealed record SinkCode(string? Code = null);

/// <summary>How it is spelled in the API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(SeenSink))]
[JsonSerializable(typeof(SinkPage))]
[JsonSerializable(typeof(OrderedTest))]
internal sealed partial class SinkJson : JsonSerializerContext;
