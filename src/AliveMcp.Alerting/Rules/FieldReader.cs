using System.Text.Json;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Rules;

/// <summary>Takes a nested body apart; every refusal names the whole way to the field, for example <c>steps[1].sinks[0]</c>.</summary>
internal sealed class FieldReader
{
    private readonly string _path;
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);

    public FieldReader(string path)
        : this(path, []) { }

    private FieldReader(string path, List<Problem> problems) => (_path, Problems) = (path, problems);

    /// <summary>Everything wrong that was met so far, anywhere in the body.</summary>
    public List<Problem> Problems { get; }

    /// <summary>Takes the members of an object; false when it is none.</summary>
    public bool Enter(JsonElement element, params IReadOnlyList<string> known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            RefuseHere($"is no object; send one with {string.Join(", ", known)}");
            return false;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (known.Contains(member.Name, StringComparer.Ordinal))
            {
                _fields[member.Name] = member.Value;
            }
            else
            {
                var name = Path(SafeText.Of(member.Name, 60));
                Problems.Add(
                    new Problem("key_unknown", $"{name} is not known here; there are {string.Join(", ", known)}.", name)
                );
            }
        }

        return true;
    }

    public bool Has(string field) => _fields.TryGetValue(field, out var value) && value.ValueKind != JsonValueKind.Null;

    public void Refuse(string field, string why)
    {
        var path = Path(field);
        Problems.Add(new Problem(field + "_invalid", $"{path} {why}.", path));
    }

    public void RefuseMissing(string field, string why)
    {
        if (!Has(field))
        {
            Problems.Add(new Problem(field + "_missing", $"{Path(field)} is missing; {why}.", Path(field)));
        }
    }

    /// <summary>Text without invisible characters; null when it is absent or refused.</summary>
    public string? Text(string field, int longest)
    {
        if (!Has(field))
        {
            return null;
        }

        if (TextOf(_fields[field], longest) is { } text)
        {
            return text;
        }

        Refuse(field, $"is not a text of 1 to {longest} visible characters");
        return null;
    }

    public bool? Flag(string field)
    {
        if (!Has(field))
        {
            return null;
        }

        if (_fields[field].ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return _fields[field].GetBoolean();
        }

        Refuse(field, "is neither true nor false");
        return null;
    }

    public int? Number(string field, int least, int most)
    {
        if (!Has(field))
        {
            return null;
        }

        if (NumberOf(_fields[field]) is { } number && number >= least && number <= most)
        {
            return number;
        }

        Refuse(field, $"is not a whole number from {least} to {most}");
        return null;
    }

    /// <summary>A reader of an object within; an empty one when it is absent.</summary>
    public FieldReader Inner(string field, params IReadOnlyList<string> known)
    {
        var inner = new FieldReader(Path(field), Problems);
        if (Has(field))
        {
            inner.Enter(_fields[field], known);
        }

        return inner;
    }

    /// <summary>A reader of each object of a list.</summary>
    public IEnumerable<FieldReader> Each(string field, int most, params IReadOnlyList<string> known)
    {
        var index = 0;
        foreach (var element in List(field, most))
        {
            var inner = new FieldReader(Path($"{field}[{index++}]"), Problems);
            if (inner.Enter(element, known))
            {
                yield return inner;
            }
        }
    }

    /// <summary>A list of words, each once.</summary>
    public IReadOnlyList<string> Words(string field, int most, Func<string, bool> isGood, string what)
    {
        List<string> words = [];
        var index = 0;
        foreach (var element in List(field, most))
        {
            if (TextOf(element, 200) is { } text && isGood(text))
            {
                words.Add(text);
            }
            else
            {
                Refuse($"{field}[{index}]", $"is not {what}", field);
            }

            index++;
        }

        return [.. words.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A list of numbers above zero, each once and at least one.</summary>
    public IReadOnlyList<int> Numbers(string field, int most)
    {
        List<int> numbers = [];
        var elements = List(field, most);
        for (var index = 0; index < elements.Count; index++)
        {
            if (NumberOf(elements[index]) is { } number and > 0)
            {
                numbers.Add(number);
            }
            else
            {
                Refuse($"{field}[{index}]", "is not a number above zero", field);
            }
        }

        if (elements.Count == 0)
        {
            Refuse(field, $"is not a list of 1 to {most}");
        }

        return [.. numbers.Distinct()];
    }

    /// <summary>A list of names, each once and at least one, as the numbers that they stand for.</summary>
    /// <param name="field">Which.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="numberOf">Null: there is no such name.</param>
    /// <param name="what">What they name, and which there are.</param>
    public IReadOnlyList<int> Named(string field, int most, Func<string, int?> numberOf, string what)
    {
        List<int> numbers = [];
        var elements = List(field, most);
        for (var index = 0; index < elements.Count; index++)
        {
            if (TextOf(elements[index], 200) is { } text && numberOf(text) is { } number)
            {
                numbers.Add(number);
            }
            else
            {
                Refuse($"{field}[{index}]", $"is not {what}", field);
            }
        }

        if (elements.Count == 0)
        {
            Refuse(field, $"is not a list of 1 to {most}");
        }

        return [.. numbers.Distinct()];
    }

    private List<JsonElement> List(string field, int most)
    {
        if (!Has(field))
        {
            return [];
        }

        var value = _fields[field];
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most)
        {
            return [.. value.EnumerateArray()];
        }

        Refuse(field, $"is not a list of at most {most}");
        return [];
    }

    private void Refuse(string field, string why, string code)
    {
        var path = Path(field);
        Problems.Add(new Problem(code + "_invalid", $"{path} {why}.", path));
    }

    private void RefuseHere(string why)
    {
        var path = _path.Length == 0 ? "body" : _path;
        Problems.Add(new Problem("body_invalid", $"{path} {why}.", path));
    }

    private string Path(string field) => _path.Length == 0 ? field : $"{_path}.{field}";

    private static string? TextOf(JsonElement value, int longest) =>
        value.ValueKind == JsonValueKind.String
        && value.GetString() is { } text
        && text.Trim().Length > 0
        && text.Length <= longest
        && !text.EnumerateRunes().Any(SafeText.IsUnsafe)
            ? text
            : null;

    private static int? NumberOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
