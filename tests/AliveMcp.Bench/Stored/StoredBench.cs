using System.Globalization;
using AliveMcp.Testing.History;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;

namespace AliveMcp.Bench.Stored;

/// <summary>
/// P10: what a server-minute costs in the database, indexes included, over generated histories with incidents: hot rows, closed hours with
/// the days and months made of them, a server-year. The goal is held against servers looked at every minute, of every style alike; longer
/// cadences stand beside it: they have fewer minutes to share an hour's row.
/// </summary>
internal static class StoredBench
{
    private const double HotGoal = 150;
    private const double ClosedGoal = 20;
    private const double YearGoal = 10;
    private const int MinutesOfYear = 365 * 1440;
    private static readonly MinuteStamp Until = MinuteStamp.Of(
        new DateTimeOffset(2028, 3, 20, 7, 30, 0, TimeSpan.Zero)
    );

    public static async Task<int> RunAsync(int servers, int days, TextWriter output)
    {
        output.WriteLine($"{servers} servers of each kind, {days} days; bytes of tables and indexes");
        output.WriteLine(
            "looked at by, every    hot row    closed, a minute    packed  latency  regions  verdict    a server-year"
        );
        var everyMinute = new List<StoredCase>();
        foreach (var style in Enum.GetValues<LookStyle>())
        {
            everyMinute.Add(await MeasureAsync(style, 1, servers, days, output));
        }

        foreach (var weight in Cadences.All.Skip(1))
        {
            await MeasureAsync(LookStyle.ThreeRegions, weight, servers, days, output);
        }

        var hot = everyMinute.Average(one => one.HotRow);
        var closed = everyMinute.Average(one => one.ClosedMinute);
        var year = everyMinute.Average(one => one.ServerYear);
        var met = hot < HotGoal && closed <= ClosedGoal && year < YearGoal;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"p10 hot {hot:0} B {HotGoal:0}, closed {closed:0.0} B a minute {ClosedGoal:0}, {year:0.0} MB a server-year {YearGoal:0} {(met ? "ok" : "short")}"
            )
        );
        return 0;
    }

    private static async Task<StoredCase> MeasureAsync(
        LookStyle style,
        int weight,
        int servers,
        int days,
        TextWriter output
    )
    {
        await using var storage = await TestStorage.CreateAsync();
        var shape = new HistoryShape
        {
            Until = Until,
            Days = days,
            Style = style,
            Weight = weight,
            Retention = RetentionClass.Months13,
            ComeAndGo = false,
        };
        var stories = new Storyteller(shape).Tell(TenantId.Local, 1, servers).ToList();
        await new HistoryWriter(storage.Doors).WriteAsync(stories, CancellationToken.None);
        var minutes = (double)servers * days * 1440;
        var stored = await StoredCase.ReadAsync(storage, minutes, MinutesOfYear);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{style, -13} {weight, 3} min   {stored.HotRow, 6:0.0} B   {stored.ClosedMinute, 14:0.00} B   {stored.Packed, 7:0.0}  {stored.Latency, 7:0.0}  {stored.Regions, 7:0.0}  {stored.Verdict, 7:0.0}   {stored.ServerYear, 11:0.00} MB"
            )
        );
        return stored;
    }
}
