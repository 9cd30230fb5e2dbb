using System.Text.Json.Serialization;

namespace AliveMcp.Cli.Sinks;

/// <summary>A sink as the install tells it.</summary>
internal sealed record SinkAnswer(int Id, string Kind, string Name, string Address, string State)
{
    public string? DisabledWhy { get; init; }

    /// <summary>What a webhook's messages are signed with: told once.</summary>
    public string? Secret { get; init; }

    public SinkProofAnswer? Proof { get; init; }
}

/// <summary>How it is to be proven.</summary>
internal sealed record SinkProofAnswer
{
    public string? Instructions { get; init; }

    public string? Detail { get; init; }

    public string? DnsName { get; init; }

    public string? DnsValue { get; init; }

    public string? FileUrl { get; init; }

    public string? FileBody { get; init; }
}

/// <summary>All of them, as far as one answer goes.</summary>
internal sealed record SinkList(IReadOnlyList<SinkAnswer> Sinks);

/// <summary>A test that was ordered.</summary>
internal sealed record SinkTest(long Delivery);

/// <summary>A sink to be made.</summary>
internal sealed record SinkWish(string Kind, string Name)
{
    public string? Url { get; init; }

    public string? RoutingKey { get; init; }

    public string? Region { get; init; }

    public string? Email { get; init; }

    public string? BotToken { get; init; }

    public string? ChatId { get; init; }
}

/// <summary>What is typed back.</summary>
internal sealed record SinkCode(string? Code);

/// <summary>Nothing was answered, and nothing had to be.</summary>
internal sealed record Done;

/// <summary>How they are spelled on the wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(SinkAnswer))]
[JsonSerializable(typeof(SinkList))]
[JsonSerializable(typeof(SinkTest))]
[JsonSerializable(typeof(SinkWish))]
[JsonSerializable(typeof(SinkCode))]
[JsonSerializable(typeof(Done))]
internal sealed partial class SinkJson : JsonSerializerContext;
