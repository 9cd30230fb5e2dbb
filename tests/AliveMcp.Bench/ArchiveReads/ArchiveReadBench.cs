using System.Globalization;
using AliveMcp.Vocabulary;

namespace AliveMcp.Bench.ArchiveReads;

/// <summary>
/// P7: the list of all servers and one server's page with 90 days, over a month and over two years of generated history: statements by the
/// driver's trace, rows by Postgres's own counters, time against <c>SELECT 1</c> in the same run.
/// </summary>
internal static class ArchiveReadBench
{
    private const int MostStatements = 3;

    /// <summary>Ninety bars instead of a month's, and what the tables' edges differ by.</summary>
    private const int MoreRowsOfPage = 100;

    private const double MoreRowsOfList = 1.1;

    /// <param name="servers">How many; 1,000 unless told, in full 10,000.</param>
    /// <param name="output">Told.</param>
    public static async Task<int> RunAsync(int servers, TextWriter output)
    {
        var month = await MeasureAsync("1 month", servers, 31, output);
        var years = await MeasureAsync("24 months", servers, 730, output);

        var most = new[] { month.List, month.Page, years.List, years.Page }.Max(read => read.Statements);
        var met =
            most <= MostStatements
            && years.List.Rows <= month.List.Rows * MoreRowsOfList
            && years.Page.Rows <= month.Page.Rows + MoreRowsOfPage;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"p7 {most} statements {MostStatements}, rows of the list {month.List.Rows} -> {years.List.Rows}, of the page {month.Page.Rows} -> {years.Page.Rows} {(met ? "ok" : "short")}"
            )
        );
        return 0;
    }

    private static async Task<(ReadCost List, ReadCost Page)> MeasureAsync(
        string name,
        int servers,
        int days,
        TextWriter output
    )
    {
        await using var archive = await FilledArchive.MakeAsync(TenantId.Local, servers, days);
        output.WriteLine($"{name}, {servers} servers: {archive.Told}");
        var one = await archive.OneAsync();
        var list = await archive.CostAsync(archive.ListAsync);
        var page = await archive.CostAsync(archive.PageAsync);
        Tell(output, $"{name}: list of {servers}", list, one);
        Tell(output, $"{name}: page with 90 days", page, one);
        return (list, page);
    }

    private static void Tell(TextWriter output, string what, ReadCost cost, TimeSpan one) =>
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what, -34} {cost.Statements} statements ({cost.Sent} sent, with the naming of the tenant), {cost.Rows} rows read, {cost.Time.TotalMilliseconds:0.0} ms = {cost.Time / one:0} x SELECT 1"
            )
        );
}

/// <summary>What one read cost.</summary>
/// <param name="Statements">That read tables.</param>
/// <param name="Sent">All of them.</param>
/// <param name="Rows">Fetched by Postgres.</param>
/// <param name="Time">Median, from asking to the last record.</param>
internal sealed record ReadCost(int Statements, int Sent, long Rows, TimeSpan Time);
