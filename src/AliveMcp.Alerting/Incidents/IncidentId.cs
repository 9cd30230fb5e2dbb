using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AliveMcp.Alerting.Incidents;

/// <summary>Number of an incident: given once, never again.</summary>
[JsonConverter(typeof(IncidentIdConverter))]
public readonly record struct IncidentId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

internal sealed class IncidentIdConverter : JsonConverter<IncidentId>
{
    public override IncidentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, IncidentId value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Value);
}
