using System.Text;
using System.Text.RegularExpressions;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>Reads one entry of the servers file and collects everything that is wrong with it.</summary>
internal sealed partial class EntryReader
{
    private const int MaxName = 120;
    private const int MaxTags = 20;
    private const int MaxTag = 40;
    private const int MaxTools = 500;
    private const int MaxTool = 128;

    private readonly FileMap _entry;
    private readonly string _place;
    private readonly string _who;
    private readonly List<Problem> _problems;

    private EntryReader(FileMap entry, int index, List<Problem> problems)
    {
        _entry = entry;
        _place = string.Create(CultureInfo.InvariantCulture, $"servers[{index}]");
        _problems = problems;
        var slug = Field("slug") is FileScalar { IsNothing: false } named ? named.Text : null;
        _who = slug is null ? _place : $"{_place} \"{SafeText.Of(slug, 63)}\"";
    }

    /// <summary>The entry; null when anything about it is wrong, which <paramref name="problems"/> then holds.</summary>
    public static FileEntry? Read(FileNode node, int index, List<Problem> problems)
    {
        if (node is FileMap map)
        {
            return new EntryReader(map, index, problems).Read();
        }

        var place = string.Create(CultureInfo.InvariantCulture, $"servers[{index}]");
        var message = $"{place} (line {node.Line}) is {node.Kind}; write a mapping with at least slug and url.";
        problems.Add(new Problem("entry_invalid", message, place));
        return null;
    }

    private FileEntry? Read()
    {
        var before = _problems.Count;
        RefuseUnknownKeys();
        var slug = Slug();
        var url = Url();
        var entry = new FileEntry
        {
            Place = _place,
            Slug = slug ?? "",
            Name = Text("name", MaxName) ?? slug ?? "",
            Url = url!,
            Tags = Texts("tags", MaxTags, MaxTag),
            Transport = OneOf("transport", FileWords.Transports, McpTransport.Auto),
            Expects = OneOf("expects", FileWords.Expectations, ProtectionExpectation.Auto),
            ExpectedTools = Texts("expected_tools", MaxTools, MaxTool),
            Visibility = OneOf("visibility", FileWords.Visibilities, Visibility.Public),
        };
        return _problems.Count == before ? entry : null;
    }

    private void RefuseUnknownKeys()
    {
        foreach (var (key, _) in _entry.Fields)
        {
            if (!FileWords.Entry.Contains(key.Text, StringComparer.Ordinal))
            {
                var hint = FileWords.Hint(key.Text, FileWords.Entry);
                Refuse("key_unknown", SafeText.Of(key.Text, 60), key.Line, $"is no field of a server; {hint}");
            }
        }
    }

    private string? Slug()
    {
        if (Required("slug") is not { } scalar)
        {
            return null;
        }

        if (SlugShape().IsMatch(scalar.Text))
        {
            return scalar.Text;
        }

        var near = Slugify(scalar.Text);
        var example = near.Length > 0 ? $", for example '{near}'" : "";
        var shown = SafeText.Of(scalar.Text, 80);
        Refuse("slug_invalid", "slug", scalar.Line, $"'{shown}' is not 1 to 63 of a-z, 0-9 and -{example}");
        return null;
    }

    private ServerUrl? Url()
    {
        if (Required("url") is not { } scalar)
        {
            return null;
        }

        var read = ServerUrl.Read(scalar.Text);
        if (read.TryGet(out var url))
        {
            return url;
        }

        Refuse("url_invalid", "url", scalar.Line, read.Problems[0].Message);
        return null;
    }

    private FileScalar? Required(string field)
    {
        switch (Field(field))
        {
            case null or FileScalar { IsNothing: true }:
                Refuse(field + "_missing", field, _entry.Line, "is missing; every server has a slug and a url");
                return null;
            case FileScalar scalar:
                return scalar;
            case var other:
                Refuse(field + "_invalid", field, other.Line, $"is {other.Kind}; write a single value");
                return null;
        }
    }

    private string? Text(string field, int longest)
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

    private string[] Texts(string field, int most, int longest)
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

    private T OneOf<T>(string field, IReadOnlyDictionary<string, T> words, T otherwise)
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

    private FileNode? Field(string name) =>
        _entry.Fields.FirstOrDefault(field => string.Equals(field.Key.Text, name, StringComparison.Ordinal)).Value;

    private void Refuse(string code, string field, int line, string why)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"{_who}, line {line}: {field} {why}.");
        _problems.Add(new Problem(code, message, $"{_place}.{field}"));
    }

    private static string? WhyNotText(string text, int longest)
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

    private static string Slugify(string text)
    {
        var slug = new StringBuilder();
        foreach (var character in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                slug.Append(character);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString(0, Math.Min(slug.Length, 63)).TrimEnd('-');
    }

    [GeneratedRegex(@"\A[a-z0-9-]{1,63}\z", RegexOptions.NonBacktracking)]
    private static partial Regex SlugShape();
}
