using System.Globalization;
using System.Text;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Archive.History;

/// <summary>Rows as RFC 4180 text. Everybody opens such files in a spreadsheet: what would be a formula there is told apart by an apostrophe.</summary>
internal static class CsvAnswer
{
    private const string Csv = "csv";
    private static readonly string[] Formats = ["json", Csv];

    /// <summary>Whether a request asks for it.</summary>
    public static Result<bool> IsAsked(string? format) =>
        string.IsNullOrEmpty(format) || Formats.Contains(format, StringComparer.Ordinal)
            ? string.Equals(format, Csv, StringComparison.Ordinal)
            : WindowProblems.NotOneOf("format", format, Formats);

    /// <param name="columns">Names of the columns: those of the JSON.</param>
    /// <param name="rows">A cell for each; null is empty.</param>
    public static IResult Of(IEnumerable<string> columns, IEnumerable<IEnumerable<object?>> rows)
    {
        var text = new StringBuilder();
        Append(text, columns);
        foreach (var row in rows)
        {
            Append(text, row.Select(Cell));
        }

        return Results.Text(text.ToString(), "text/csv; charset=utf-8; header=present", Encoding.UTF8);
    }

    private static void Append(StringBuilder text, IEnumerable<string> cells) =>
        text.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");

    private static string Cell(object? value) =>
        value switch
        {
            null => "",
            bool yes => yes ? "true" : "false",
            string word => word.Length > 0 && "=+-@\t\r".Contains(word[0], StringComparison.Ordinal)
                ? "'" + word
                : word,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
