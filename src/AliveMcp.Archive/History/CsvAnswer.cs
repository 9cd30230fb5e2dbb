using System.Text;
using AliveMcp.Storage.Export;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Archive.History;

/// <summary>Rows as CSV, spelled by <see cref="CsvLine"/>.</summary>
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
        var text = new StringBuilder(CsvLine.Of(columns));
        text.AppendJoin("", rows.Select(CsvLine.Of));
        return Results.Text(text.ToString(), "text/csv; charset=utf-8; header=present", Encoding.UTF8);
    }
}
