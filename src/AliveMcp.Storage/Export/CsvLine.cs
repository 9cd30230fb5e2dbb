using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace AliveMcp.Storage.Export;

/// <summary>
/// A row as one line of RFC 4180. Lists and JSON stand in their cell as JSON. Everybody opens such files in a spreadsheet: what would be a
/// formula there begins with an apostrophe.
/// </summary>
public static class CsvLine
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <param name="row">A cell for each; null is empty.</param>
    /// <returns>The line, its end included.</returns>
    public static string Of(IEnumerable<object?> row) => string.Join(',', row.Select(Cell)) + "\r\n";

    private static string Cell(object? value) =>
        value switch
        {
            null => "",
            bool yes => yes ? "true" : "false",
            RawJson json => Quote(json.Text),
            string[] texts => Quote(JsonSerializer.Serialize(texts, ExportJson.Default.StringArray)),
            string text => Quote(
                text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text
            ),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => Quote(value.ToString() ?? ""),
        };

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(Quoted) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
