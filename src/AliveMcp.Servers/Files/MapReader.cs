using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>Reads the fields of one mapping of the servers file and says what is wrong with them, each by its place and line.</summary>
/// <param name="place">For machines, for example <c>servers[3].health</c>; empty for the top of a body.</param>
/// <param name="who">For people: the place with the server's slug; empty for the top of a body.</param>
internal sealed class MapReader(FileMap map, string place, string who, List<Problem> problems)
{
    public string Place => place;

    public string Who => who;

    public int Line => map.Line;

    public List<Problem> Problems => problems;

    public FileNode? Field(string name) =>
        map.Fields.FirstOrDefault(field => string.Equals(field.Key.Text, name, StringComparison.Ordinal)).Value;

    public void Refuse(string code, string field, int line, string why)
    {
        var where = line == FileNode.NoLine ? who : string.Create(CultureInfo.InvariantCulture, $"{who}, line {line}");
        var message = where.Length == 0 ? $"{field} {why}." : $"{where}: {field} {why}.";
        problems.Add(new Problem(code, message, Below(field)));
    }

    /// <param name="what">Whose fields these are, for example <c>a server</c>.</param>
    public void RefuseUnknownKeys(IReadOnlyList<string> known, string what)
    {
        foreach (var (key, _) in map.Fields)
        {
            if (!known.Contains(key.Text, StringComparer.Ordinal))
            {
                var hint = FileWords.Hint(key.Text, known);
                Refuse("key_unknown", SafeText.Of(key.Text, 60), key.Line, $"is no field of {what}; {hint}");
            }
        }
    }

    /// <summary>The items of a list of mappings, each with a reader of its own; what is no mapping is refused.</summary>
    public IEnumerable<MapReader> Maps(string field, int most)
    {
        switch (Field(field))
        {
            case null or FileScalar { IsNothing: true }:
                return [];
            case FileList list when list.Items.Count > most:
                Refuse(field + "_invalid", field, list.Line, $"has {list.Items.Count} items; {most} are the most");
                return [];
            case FileList list:
                return list.Items.Select((item, index) => Map($"{field}[{index}]", item)).OfType<MapReader>();
            case var other:
                Refuse(field + "_invalid", field, other.Line, $"is {other.Kind}; write a list of mappings");
                return [];
        }
    }

    /// <summary>The mapping under a field; null when there is none, or when it is something else, which is refused.</summary>
    public MapReader? Map(string field) =>
        Field(field) is { } node and not FileScalar { IsNothing: true } ? Map(field, node) : null;

    private MapReader? Map(string field, FileNode node)
    {
        if (node is FileMap inner)
        {
            return new MapReader(inner, Below(field), who.Length == 0 ? field : $"{who}, {field}", problems);
        }

        Refuse(field.Split('[')[0] + "_invalid", field, node.Line, $"is {node.Kind}; write a mapping");
        return null;
    }

    /// <param name="why">What a missing field is told.</param>
    public FileScalar? Required(string field, string why)
    {
        switch (Field(field))
        {
            case null or FileScalar { IsNothing: true }:
                Refuse(field + "_missing", field, map.Line, why);
                return null;
            case FileScalar scalar:
                return scalar;
            case var other:
                Refuse(field + "_invalid", field, other.Line, $"is {other.Kind}; write a single value");
                return null;
        }
    }

    public string? Text(string field, int longest)
    {
        switch (Field(field))
        {
            case null or FileScalar { IsNothing: true }:
                return null;
            case FileScalar scalar when WhyNotText(scalar.Text, longest) is not { } why:
                return scalar.Text;
            case FileScalar scalar:
                Refuse(field + "_invalid", field, scalar.Line, WhyNotText(scalar.Text, longest)!);
                return null;
            case var other:
                Refuse(field + "_invalid", field, other.Line, $"is {other.Kind}; write a single value");
                return null;
        }
    }

    public string[] Texts(string field, int most, int longest)
    {
        switch (Field(field))
        {
            case null or FileScalar { IsNothing: true }:
                return [];
            case FileList list when list.Items.Count > most:
                Refuse(field + "_invalid", field, list.Line, $"has {list.Items.Count} items; {most} are the most");
                return [];
            case FileList list:
                return [.. list.Items.Select(item => Item(field, item, longest)).Distinct(StringComparer.Ordinal)];
            case var other:
                Refuse(field + "_invalid", field, other.Line, $"is {other.Kind}; write a list, for example [one, two]");
                return [];
        }
    }

    private string Item(string field, FileNode item, int longest)
    {
        var why = item is FileScalar { IsNothing: false } scalar
            ? WhyNotText(scalar.Text, longest)
            : $"holds {item.Kind}; write words only";
        if (why is not null)
        {
            Refuse(field + "_invalid", field, item.Line, why);
        }

        return (item as FileScalar)?.Text ?? "";
    }

    public T OneOf<T>(string field, IReadOnlyDictionary<string, T> words, T otherwise)
    {
        switch (Field(field))
        {
            case null or FileScalar { IsNothing: true }:
                return otherwise;
            case FileScalar scalar when words.TryGetValue(scalar.Text, out var value):
                return value;
            case FileScalar scalar:
                var hint = FileWords.Hint(scalar.Text, words.Keys);
                Refuse(
                    field + "_invalid",
                    field,
                    scalar.Line,
                    $"'{SafeText.Of(scalar.Text, 60)}' is not known; {hint}"
                );
                return otherwise;
            case var other:
                var choice = string.Join(", ", words.Keys);
                Refuse(field + "_invalid", field, other.Line, $"is {other.Kind}; write one of {choice}");
                return otherwise;
        }
    }

    private string Below(string field) => place.Length == 0 ? field : $"{place}.{field}";

    public static string? WhyNotText(string text, int longest)
    {
        if (text.Trim().Length == 0)
        {
            return "is empty; leave it out or write a word";
        }

        if (text.Length > longest)
        {
            return $"has {text.Length} characters; {longest} are the most";
        }

        return text.EnumerateRunes().Any(SafeText.IsUnsafe)
            ? $"'{SafeText.Of(text, 80)}' holds invisible or control characters; leave them out"
            : null;
    }
}
