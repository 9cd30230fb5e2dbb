using System.Text.Json;
using System.Text.Json.Serialization;

namespace AliveMcp.Vocabulary.Tickets;

/// <summary>
/// How the desk's messages are spelled: snake_case, ids as numbers, minutes as counts, regions as names, durations in milliseconds.
/// The generated reader gives zero or null to the <c>init</c> of a member that is absent: each that has another default guards it itself.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    RespectNullableAnnotations = true,
    Converters = [
        typeof(ServerKeyConverter),
        typeof(MinuteStampConverter),
        typeof(RegionConverter),
        typeof(DurationConverter),
    ]
)]
[JsonSerializable(typeof(LeaseRequest))]
[JsonSerializable(typeof(LeaseAnswer))]
[JsonSerializable(typeof(ReportBatch))]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(StepReport))]
[JsonSerializable(typeof(CellReport))]
public sealed partial class DeskJson : JsonSerializerContext;

/// <summary>A server as <c>"tenant/server"</c>.</summary>
public sealed class ServerKeyConverter : JsonConverter<ServerKey>
{
    public override ServerKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ServerKey.TryParse(reader.GetString(), out var key)
            ? key
            : throw new JsonException("A server is written as \"tenant/server\", two numbers.");

    public override void Write(Utf8JsonWriter writer, ServerKey value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>A minute as its count.</summary>
public sealed class MinuteStampConverter : JsonConverter<MinuteStamp>
{
    public override MinuteStamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetInt32());

    public override void Write(Utf8JsonWriter writer, MinuteStamp value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Value);
}

/// <summary>A region as its name.</summary>
public sealed class RegionConverter : JsonConverter<Region>
{
    public override Region Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Region.TryParse(reader.GetString(), out var region) ? region : throw new JsonException("Not a region's name.");

    public override void Write(Utf8JsonWriter writer, Region value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}

/// <summary>A duration as whole milliseconds.</summary>
public sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TimeSpan.FromMilliseconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((long)value.TotalMilliseconds);
}
