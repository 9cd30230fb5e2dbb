using System.Globalization;
using System.Text.Json;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Requests;

/// <summary>Takes the fields of a small JSON object one by one and collects all that is wrong with them. What nobody asked for is refused, not ignored.</summary>
public sealed class BodyFields
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];

    /// <param name="body">The whole body.</param>
    /// <param name="known">The fields that there are.</param>
    public BodyFields(JsonElement body, params IReadOnlyList<string> known)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            _problems.Add(
                new Problem("body_invalid", $"The body is no object; send one with {string.Join(", ", known)}.")
            );
            return;
        }

        foreach (var member in body.EnumerateObject())
        {
            if (known.Contains(member.Name, StringComparer.Ordinal))
            {
                _fields[member.Name] = member.Value;
            }
            else
            {
                Refuse(
                    SafeText.Of(member.Name, 60),
                    "key_unknown",
                    $"is not known here; there are {string.Join(", ", known)}"
                );
            }
        }
    }

    /// <summary>Everything wrong that was met so far.</summary>
    public List<Problem> Problems => _problems;

    public void Refuse(string field, string code, string why) =>
        _problems.Add(new Problem(code, $"{field} {why}.", field));

    /// <summary>Text without invisible characters; null when it is absent or refused.</summary>
    public string? Text(string field, int longest)
    {
        if (!Has(field, out var value))
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : null;
        if (
            text is null
            || text.Trim().Length == 0
            || text.Length > longest
            || text.EnumerateRunes().Any(SafeText.IsUnsafe)
        )
        {
            Refuse(field, field + "_invalid", $"is not a text of 1 to {longest} visible characters");
            return null;
        }

        return text;
    }

    /// <summary>One of a few words; null when it is absent or refused.</summary>
    public string? Word(string field, IReadOnlyCollection<string> words)
    {
        if (!Has(field, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && words.Contains(value.GetString()!, StringComparer.Ordinal))
        {
            return value.GetString();
        }

        Refuse(field, field + "_invalid", $"is not one of {string.Join(", ", words)}");
        return null;
    }

    /// <summary>An instant with its offset; null when it is absent or refused.</summary>
    public DateTimeOffset? Instant(string field)
    {
        if (!Has(field, out var value))
        {
            return null;
        }

        if (
            value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: <= 40 } text
            && text.Contains('T', StringComparison.Ordinal)
            && (text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-'))
            && DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal,
                out var instant
            )
        )
        {
            return instant;
        }

        Refuse(field, field + "_invalid", "is not a moment with its offset, for example 2027-01-01T00:00:00Z");
        return null;
    }

    private bool Has(string field, out JsonElement value) =>
        _fields.TryGetValue(field, out value) && value.ValueKind != JsonValueKind.Null;
}
