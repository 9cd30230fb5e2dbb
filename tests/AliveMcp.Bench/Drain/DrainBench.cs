using System.Globalization;
using AliveMcp.Archive.Drain;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AliveMcp.Bench.Drain;

/// <summary>
/// P5: the real drain, from the sealed log in the embedded Redis-protocol server to rows in Postgres, against a bare binary COPY of the same
/// bytes into the same table by the same role; then a backlog.
/// </summary>
internal static class DrainBench
{
    private const double Goal = 0.5;
    private const double BacklogGoal = 30;
    private const int FullSize = 50_000;
    private const int Rounds = 5;

    /// <param name="servers">A minute has so many; default 50,000.</param>
    /// <param name="backlog">Minutes that wait; default 10, in full 60.</param>
    /// <param name="output">Told.</param>
    public static async Task<int> RunAsync(int servers, int backlog, TextWriter output)
    {
        await using var storage = await TestStorage.CreateAsync();
        await SettleAsync(storage, servers);
        using var watch = new DrainWatch(TimeProvider.System, NullLogger<DrainWatch>.Instance);
        var partitions = new MinutePartitions(storage.Doors);
        var keeper = new VerdictKeeper(partitions, TimeProvider.System);
        using var drain = new MinuteDrain(storage.Doors, storage.Redis, keeper, watch, TimeProvider.System);
        var crowd = new SealedCrowd(storage.Redis, servers);
        var first = MinuteStamp.Of(TimeProvider.System.GetUtcNow()) + (-3 * Rounds - backlog);
        await partitions.EnsureAsync([first.Value / 1440, (first.Value / 1440) + 1], CancellationToken.None);

        var costs = new Costs(storage.RedisServer.ProcessId, await PostmasterAsync(storage));
        var (drained, copied) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var minute = first + (2 * round);
            await crowd.SealAsync(minute);
            var (rate, bare) = (0.0, 0.0);
            var cost = await costs.OfAsync(async () =>
                rate = await RateAsync(servers, () => drain.DrainAsync(null, CancellationToken.None))
            );
            var bareCost = await costs.OfAsync(async () =>
                bare = await BareCopy.RateAsync(storage.Doors.AllTenants, minute, minute + 1)
            );
            output.WriteLine(
                Line(
                    $"round {round}: drain {rate / 1000:0.0} k rows/s, COPY {bare / 1000:0.0} k rows/s: {rate / bare:0.00}; a row {cost.Each(servers)}; COPY {bareCost.Each(servers)}"
                )
            );
            if (round > 0)
            {
                drained.Add(rate);
                copied.Add(bare);
            }
        }

        var ratio = Median(drained) / Median(copied);
        var perMinute = await BacklogAsync(drain, crowd, first + (2 * Rounds) + 2, servers, backlog);
        output.WriteLine(
            Line(
                $"a backlog of {backlog} minutes of {servers} servers: {perMinute:0} minutes of {FullSize} servers a minute"
            )
        );
        var met = ratio >= Goal && perMinute >= BacklogGoal;
        output.WriteLine(
            Line(
                $"p5 {ratio:0.00} of COPY {Goal:0.0}, {perMinute:0} minutes a minute {BacklogGoal:0} {(met ? "ok" : "short")}"
            )
        );
        return 0;
    }

    private static async Task<double> BacklogAsync(
        MinuteDrain drain,
        SealedCrowd crowd,
        MinuteStamp from,
        int servers,
        int minutes
    )
    {
        for (var place = 0; place < minutes; place++)
        {
            await crowd.SealAsync(from + place);
        }

        var rows = servers * minutes;
        var rate = await RateAsync(rows, () => drain.DrainAsync(null, CancellationToken.None));
        return rate * 60 / FullSize;
    }

    private static async Task<double> RateAsync(int rows, Func<Task<int>> act)
    {
        var began = TimeProvider.System.GetTimestamp();
        var added = await act();
        var rate = rows / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        return added == rows ? rate : throw new InvalidOperationException($"{added} of {rows} rows were added.");
    }

    /// <summary>As after a few minutes of watching: everybody settled on the contract that is seen.</summary>
    private static async Task SettleAsync(TestStorage storage, int servers)
    {
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO archive.settled_contract (server_id, tenant_id, mark, contract_hash, url, minute, recent_marks, recent_minutes)
            SELECT id, 2, @mark, 'sha256:' || repeat('0', 64), 'https://mcp.example.test/' || id, 0, ARRAY[@mark], ARRAY[0]
            FROM generate_series(1, @servers) AS id;
            ANALYZE archive.settled_contract
            """,
            new { mark = unchecked((long)SealedCrowd.Mark), servers }
        );
    }

    private static async Task<int> PostmasterAsync(TestStorage storage)
    {
        await using var connection = new NpgsqlConnection(storage.Options.Bootstrap.ConnectionString);
        var folder = await connection.ExecuteScalarAsync<string>("SHOW data_directory");
        var first = File.ReadLines(Path.Combine(folder!, "postmaster.pid")).First();
        return int.Parse(first, CultureInfo.InvariantCulture);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
