using System.Globalization;

namespace AliveMcp.Host.Ops.Backup;

/// <summary>What was written beside what came back, table by table. Pure.</summary>
internal sealed record SumComparison(IReadOnlyList<SumComparison.Line> Lines)
{
    /// <param name="Table">Schema and name.</param>
    /// <param name="Expected">As the manifest says; null when the backup held no such table.</param>
    /// <param name="Found">As the copy says; null when the table did not come back.</param>
    internal sealed record Line(string Table, TableSum? Expected, TableSum? Found)
    {
        public string Verdict =>
            (Expected, Found) switch
            {
                (not null, null) => "missing",
                (null, not null) => "not in the backup",
                _ when Expected!.Rows != Found!.Rows => "rows differ",
                _ when Expected.Hash != Found.Hash => "content differs",
                _ => "ok",
            };
    }

    public bool IsSame => Lines.All(line => line.Verdict == "ok");

    public static SumComparison Of(IEnumerable<TableSum> expected, IEnumerable<TableSum> found)
    {
        var wanted = expected.ToDictionary(sum => sum.Table, StringComparer.Ordinal);
        var came = found.ToDictionary(sum => sum.Table, StringComparer.Ordinal);
        return new SumComparison([
            .. wanted
                .Keys.Union(came.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(table => new Line(table, wanted.GetValueOrDefault(table), came.GetValueOrDefault(table))),
        ]);
    }

    /// <summary>A table for a terminal.</summary>
    public IEnumerable<string> ToLines()
    {
        var width = Math.Max(5, Lines.Select(line => line.Table.Length).DefaultIfEmpty(0).Max());
        yield return $"{"table".PadRight(width)}  {"written", 10}  {"restored", 10}  ";
        foreach (var line in Lines)
        {
            yield return $"{line.Table.PadRight(width)}  {Count(line.Expected), 10}  {Count(line.Found), 10}  {line.Verdict}";
        }
    }

    private static string Count(TableSum? sum) => sum?.Rows.ToString(CultureInfo.InvariantCulture) ?? "-";
}
