using System.Text.Json;
using AliveMcp.Servers.Files;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Sinks;

/// <summary>Reads entries of <c>sinks</c>; a value that may be secret is not repeated.</summary>
internal sealed class FiledSinkReader(FileItem item, List<Problem> problems)
{
    private const int LongestName = 120;
    private const int LongestReference = 300;
    private const string Example = "write { env: NAME } or { file: PATH }, and keep the secret there";

    private readonly Dictionary<string, JsonElement> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SecretReference> _secrets = new(StringComparer.Ordinal);

    /// <returns>Null: it is none, as the problems then say.</returns>
    public FiledSink? Read(SinkSetup setup)
    {
        var before = problems.Count;
        var name = TextOf(item.Body, "name");
        if (name is null || name.Length > LongestName || name.EnumerateRunes().Any(SafeText.IsUnsafe))
        {
            Refuse("name", $"is not a text of 1 to {LongestName} visible characters; it is what the sink is known by");
        }

        if (!setup.TryKind(item.Body.TryGetProperty("kind", out var word) ? word : default, out var kind))
        {
            Refuse("kind", $"is none of {string.Join(", ", setup.Words)}");
            return null;
        }

        var settings = setup.Settings(kind);
        foreach (var field in item.Body.EnumerateObject().Where(field => field.Name is not ("name" or "kind")))
        {
            Take(field, kind, settings);
        }

        foreach (var field in settings.Fields.Except([.. settings.OpenFields.Keys], StringComparer.Ordinal))
        {
            if (!item.Body.TryGetProperty(field, out _))
            {
                Refuse(field, $"is missing: {Example}");
            }
        }

        return problems.Count == before ? new FiledSink(item, kind, name!.Trim(), _open, _secrets) : null;
    }

    private void Take(JsonProperty field, SinkKind kind, ISinkSettings settings)
    {
        if (!settings.Fields.Contains(field.Name, StringComparer.Ordinal))
        {
            var known = string.Join(", ", ["name", "kind", .. settings.Fields]);
            Refuse(
                SafeText.Of(field.Name, 60),
                $"is no field of a sink of kind {SinkWords.Of(kind)}; there are {known}"
            );
        }
        else if (settings.OpenFields.ContainsKey(field.Name))
        {
            _open[field.Name] = field.Value;
        }
        else if (ReferenceOf(field.Value) is { } reference)
        {
            _secrets[field.Name] = reference;
        }
        else
        {
            Refuse(field.Name, $"is a secret, which has no place in a file: {Example}");
        }
    }

    private void Refuse(string field, string why) =>
        problems.Add(
            item.At(
                new Problem(field + "_invalid", $"{field} {why}.", field),
                isSecret: field is not ("name" or "kind")
            )
        );

    private static SecretReference? ReferenceOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().ToList() is not [var only])
        {
            return null;
        }

        return
            only.Name is "env" or "file"
            && only.Value.ValueKind == JsonValueKind.String
            && only.Value.GetString() is { } name
            && name.Trim().Length > 0
            && name.Length <= LongestReference
            && !name.EnumerateRunes().Any(SafeText.IsUnsafe)
            ? new SecretReference(only.Name == "file", name)
            : null;
    }

    private static string? TextOf(JsonElement body, string field) =>
        body.TryGetProperty(field, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { } text
        && text.Trim().Length > 0
            ? text
            : null;
}
