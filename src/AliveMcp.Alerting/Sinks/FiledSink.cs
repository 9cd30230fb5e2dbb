using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Servers.Files;

namespace AliveMcp.Alerting.Sinks;

/// <summary>A sink as a file has it: what is secret is not there, but where it is to be found.</summary>
/// <param name="Item">Where it stands.</param>
/// <param name="Kind">Of the sink.</param>
/// <param name="Name">By which it is known.</param>
/// <param name="Open">Fields that are no secret, as they are written.</param>
/// <param name="Secrets">Where the others are.</param>
internal sealed record FiledSink(
    FileItem Item,
    SinkKind Kind,
    string Name,
    IReadOnlyDictionary<string, JsonElement> Open,
    IReadOnlyDictionary<string, SecretReference> Secrets
)
{
    /// <summary>The sink as a body of the API.</summary>
    /// <returns>Null: a secret is missing.</returns>
    public JsonElement? Body(Func<SecretReference, string?>? secrets)
    {
        var body = new JsonObject { ["kind"] = SinkWords.Of(Kind), ["name"] = Name };
        foreach (var (field, value) in Open)
        {
            body[field] = JsonNode.Parse(value.GetRawText());
        }

        foreach (var (field, reference) in Secrets)
        {
            if (secrets?.Invoke(reference) is not { } value)
            {
                return null;
            }

            body[field] = value;
        }

        return JsonElement.Parse(body.ToJsonString());
    }

    /// <summary>The open fields that say something else than the sink has.</summary>
    public IReadOnlyList<string> Differences(Sink sink, ISinkSettings kind)
    {
        using var settings = JsonDocument.Parse(sink.Settings);
        return
        [
            .. Open.Where(field =>
                    !kind.OpenFields.TryGetValue(field.Key, out var stored)
                    || field.Value.ValueKind != JsonValueKind.String
                    || !settings.RootElement.TryGetProperty(stored, out var value)
                    || value.GetString() != field.Value.GetString()
                )
                .Select(field => field.Key),
        ];
    }

    /// <summary>A sink of the tenant as an entry: its secrets by the names of variables that are to hold them.</summary>
    public static JsonNode Write(Sink sink, ISinkSettings kind)
    {
        using var settings = JsonDocument.Parse(sink.Settings);
        var entry = new JsonObject { ["name"] = sink.Name, ["kind"] = SinkWords.Of(sink.Kind) };
        foreach (var field in kind.Fields)
        {
            entry[field] = kind.OpenFields.TryGetValue(field, out var stored)
                ? settings.RootElement.TryGetProperty(stored, out var value)
                    ? value.GetString()
                    : null
                : new JsonObject { ["env"] = VariableOf(sink.Name, field) };
        }

        return entry;
    }

    /// <summary>For example <c>OPS_URL</c>.</summary>
    private static string VariableOf(string name, string field)
    {
        var letters = string.Concat(
            $"{name}_{field}".Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')
        );
        var variable = letters.ToUpperInvariant().TrimStart('_');
        return char.IsAsciiDigit(variable[0]) ? "SINK_" + variable : variable;
    }
}
