using System.Globalization;
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

    /// <summary>The same with the open fields that the file leaves out as the sink has them: they stay as they are.</summary>
    public FiledSink Completed(Sink sink, ISinkSettings kind)
    {
        using var settings = JsonDocument.Parse(sink.Settings);
        var open = Open.ToDictionary(StringComparer.Ordinal);
        foreach (var (field, stored) in kind.OpenFields)
        {
            if (settings.RootElement.TryGetProperty(stored, out var value))
            {
                open.TryAdd(field, value.Clone());
            }
        }

        return this with
        {
            Open = open,
        };
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
    /// <param name="sink">As it is.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="variables">Names that other sinks have already; takes those of this one.</param>
    public static JsonNode Write(Sink sink, ISinkSettings kind, HashSet<string> variables)
    {
        using var settings = JsonDocument.Parse(sink.Settings);
        var entry = new JsonObject { ["name"] = sink.Name, ["kind"] = SinkWords.Of(sink.Kind) };
        foreach (var field in kind.Fields)
        {
            entry[field] = kind.OpenFields.TryGetValue(field, out var stored)
                ? settings.RootElement.TryGetProperty(stored, out var value)
                    ? value.GetString()
                    : null
                : new JsonObject { ["env"] = VariableOf(sink, field, variables) };
        }

        return entry;
    }

    /// <summary>For example <c>OPS_URL</c>; names that come to the same are told apart by the sink's number.</summary>
    private static string VariableOf(Sink sink, string field, HashSet<string> variables)
    {
        var letters = string.Concat(
            $"{sink.Name}_{field}".Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')
        );
        var variable = letters.ToUpperInvariant().TrimStart('_');
        variable = char.IsAsciiDigit(variable[0]) ? "SINK_" + variable : variable;
        if (!variables.Add(variable))
        {
            variable = string.Create(CultureInfo.InvariantCulture, $"{variable}_{sink.SinkId}");
            variables.Add(variable);
        }

        return variable;
    }
}
