using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Kept;

/// <summary>Compressed JSON. What an earlier or later program wrote and this one cannot read is nothing, never an error.</summary>
internal static class KeptCodec
{
    private static readonly JsonSerializerOptions Json = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new MinuteConverter(), new RegionConverter(), new ServerKeyConverter() },
    };

    public static byte[] Pack<T>(T value)
    {
        using var packed = new MemoryStream();
        using (var writer = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(writer, value, Json);
        }

        return packed.ToArray();
    }

    public static T? Unpack<T>(byte[]? packed)
        where T : class
    {
        if (packed is null)
        {
            return null;
        }

        try
        {
            using var reader = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
            return JsonSerializer.Deserialize<T>(reader, Json);
        }
        catch (Exception fault)
            when (fault is JsonException or InvalidDataException or InvalidOperationException or NotSupportedException)
        {
            return null;
        }
    }

    private sealed class MinuteConverter : JsonConverter<MinuteStamp>
    {
        public override MinuteStamp Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => new(reader.GetInt32());

        public override void Write(Utf8JsonWriter writer, MinuteStamp value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Value);
    }

    private sealed class RegionConverter : JsonConverter<Region>
    {
        public override Region Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Region.TryParse(reader.GetString(), out var region) ? region : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, Region value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Name);
    }

    private sealed class ServerKeyConverter : JsonConverter<ServerKey>
    {
        public override ServerKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ServerKey.TryParse(reader.GetString(), out var key) ? key : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, ServerKey value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
