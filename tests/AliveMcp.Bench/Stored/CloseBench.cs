using System.Diagnostics;
using System.Globalization;
using AliveMcp.Archive.Hours;
using AliveMcp.Archive.Rollups;
using AliveMcp.Testing.History;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Bench.Stored;

/// <summary>How long the closing of an hour, a day and a month takes, for as many servers: wall time of one archiver beside one Postgres, and its own CPU.</summary>
internal static class CloseBench
{
    private const int Goal = 600;
    private static readonly MinuteStamp Until = MinuteStamp.Of(new DateTimeOffset(2028, 3, 1, 0, 10, 0, TimeSpan.Zero));

    public static async Task<int> RunAsync(int servers, TextWriter output)
    {
        await using var storage = await TestStorage.CreateAsync();
        var shape = new HistoryShape
        {
            Until = Until,
            Days = 31,
            Weight = 1,
            ComeAndGo = false,
        };
        var stories = new Storyteller(shape).Tell(TenantId.Local, 1, servers).ToList();
        var grains = new HistoryGrains { HoursOfDays = 1, HotHours = 2 };
        await new HistoryWriter(storage.Doors).WriteAsync(stories, grains, CancellationToken.None);
        await ReopenAsync(storage);

        var clock = new TestClock(shape.Now);
        var packer = new RollupPacker(storage.Doors, NullLogger<RollupPacker>.Instance);
        var closing = Stopwatch.GetTimestamp();
        await new HourCloser(storage.Doors, clock).CloseAsync(CancellationToken.None);
        output.WriteLine(Line("found", servers, Stopwatch.GetElapsedTime(closing), TimeSpan.Zero));
        var slowest = TimeSpan.Zero;
        foreach (var grain in (Grain[])[HourGrain.Hours, SumGrain.Days, SumGrain.Months])
        {
            var (started, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var packed = await packer.PackAsync(grain, CancellationToken.None);
            var took = Stopwatch.GetElapsedTime(started);
            output.WriteLine(Line(grain.Table.Word, packed, took, Environment.CpuUsage.TotalTime - cpu));
            slowest = took > slowest ? took : slowest;
        }

        var met = slowest.TotalSeconds < Goal;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"p10-close {servers} servers, slowest grain {slowest.TotalSeconds:0.0} s {Goal} {(met ? "ok" : "short")}"
            )
        );
        return 0;
    }

    /// <summary>Opens the last hour of February again, its day and its month.</summary>
    private static async Task ReopenAsync(TestStorage storage)
    {
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            DELETE FROM archive.verdict_hour WHERE hour = (SELECT closed_hour FROM archive.progress);
            DELETE FROM archive.verdict_day WHERE day = (SELECT packed_day FROM archive.progress);
            DELETE FROM archive.verdict_month WHERE month = (SELECT packed_month FROM archive.progress);
            UPDATE archive.progress SET closed_hour = closed_hour - 1, packed_hour = packed_hour - 1,
                packed_day = packed_day - 1, packed_month = packed_month - 1;
            """,
            commandTimeout: 600
        );
    }

    private static string Line(string what, int rows, TimeSpan took, TimeSpan cpu) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{what, -6} {rows} rows: {took.TotalSeconds:0.0} s, {cpu.TotalSeconds:0.0} s of our CPU, {took.TotalMicroseconds / Math.Max(1, rows):0} us each"
        );
}
