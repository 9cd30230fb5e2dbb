using System.Text.Json;
using AliveMcp.Vocabulary;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AliveMcp.Contracts.Queries;

/// <summary>
/// A JSONPath, for example <c>$.structuredContent.days[0].sky</c>, in the dialect of Newtonsoft.Json: names, indexes, slices, wildcards,
/// <c>..</c> and filters such as <c>[?(@.id == 7)]</c>; without regular expressions and functions. Thread-safe.
/// </summary>
public sealed class JsonPathQuery
{
    /// <summary>Longest path, in characters.</summary>
    public const int MaxLength = 300;

    /// <summary>Longest text that is searched, in characters.</summary>
    public const int MaxText = 512 * 1024;

    // Two of them visit a text once for every level of its depth; a third would visit it for every pair of levels.
    private const int MaxDescents = 2;
    private const int MaxDepth = 64;
    private const int MaxSelected = 200;

    private static readonly JsonSelectSettings Settings = new()
    {
        ErrorWhenNoMatch = false,
        RegexMatchTimeout = TimeSpan.FromMilliseconds(50),
    };

    private readonly string _path;

    private JsonPathQuery(string path) => _path = path;

    /// <summary>Reads a path; a refusal says what would be right.</summary>
    public static Result<JsonPathQuery> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length > MaxLength)
        {
            return Refuse($"has {path.Length} characters; {MaxLength} are the most");
        }

        if (!path.StartsWith('$'))
        {
            return Refuse($"'{SafeText.Of(path, 80)}' does not begin with $, for example $.structuredContent.status");
        }

        if (path.Contains("=~", StringComparison.Ordinal))
        {
            return Refuse("has a regular expression (=~), which is not taken here; use a schema with pattern");
        }

        if (path.Split("..").Length - 1 > MaxDescents)
        {
            return Refuse($"has more than {MaxDescents} descents (..)");
        }

        return WhyNotParsed(path) is { } why
            ? Refuse($"'{SafeText.Of(path, 80)}' is no JSONPath: {SafeText.Of(why, 120)}")
            : new JsonPathQuery(path);
    }

    /// <summary>What the path selects in a value, in its order; at most 200 values. Null: the value is too large, too deep or too broken to be searched.</summary>
    public IReadOnlyList<JsonElement>? Select(JsonElement value)
    {
        try
        {
            var text = value.GetRawText();
            if (text.Length > MaxText)
            {
                return null;
            }

            using var reader = new JsonTextReader(new StringReader(text))
            {
                DateParseHandling = DateParseHandling.None,
                MaxDepth = MaxDepth,
            };
            // Evaluated on a copy, answered out of the value itself: its numbers are as they were written.
            return
            [
                .. JToken
                    .Load(reader)
                    .SelectTokens(_path, Settings)
                    .Take(MaxSelected)
                    .Select(token => Find(value, token)),
            ];
        }
        catch (Exception e) when (IsOfTheirs(e))
        {
            return null;
        }
    }

    public override string ToString() => _path;

    private static JsonElement Find(JsonElement root, JToken token)
    {
        var at = token.Parent switch
        {
            null => root,
            JProperty property => Find(root, property.Parent!).GetProperty(property.Name),
            var parent => Find(root, parent)[parent.Children().TakeWhile(child => child != token).Count()],
        };
        return at;
    }

    // The parser reads a path when it is used, and says what it does not like by whatever exception it comes to.
    private static string? WhyNotParsed(string path)
    {
        try
        {
            _ = new JObject().SelectTokens(path, Settings).Count();
            return null;
        }
        catch (Exception e) when (IsOfTheirs(e) || e is IndexOutOfRangeException)
        {
            return e.Message;
        }
    }

    private static bool IsOfTheirs(Exception e) =>
        e
            is Newtonsoft.Json.JsonException
                or ArgumentException
                or FormatException
                or OverflowException
                or InvalidOperationException
                or System.Text.RegularExpressions.RegexMatchTimeoutException
                or InvalidCastException
                or KeyNotFoundException;

    private static Problem Refuse(string why) => new("json_path_invalid", why);
}
