using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using AliveMcp.Collector.Cells;
using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Collector.Tests.Desk;

/// <summary>What probers tell of their cells, over HTTP and in the tables.</summary>
public sealed class CellReportTests(DeskHouse house) : IClassFixture<DeskHouse>
{
    private const int Charlie = 77;

    private static readonly CellLine Killed = new()
    {
        Lane = "isolated",
        Tenant = Charlie,
        End = "wall_clock",
        ExitCode = 137,
        Orders = 9,
        Open = 2,
        Cpu = TimeSpan.FromMilliseconds(1_500),
        Rss = 90_000_000,
        Wall = TimeSpan.FromSeconds(42),
        Bytes = 5_000_000_000,
    };

    [Fact]
    public async Task A_row_of_each_cell_is_kept_with_what_it_cost_and_how_it_ended()
    {
        var shared = new CellLine { Lane = "shared", End = "runs" };

        Assert.Equal(HttpStatusCode.NoContent, await TellAsync(house.East, Report("kept", Killed, shared)));

        var rows = await house.RowsAsync<string>(
            """
            SELECT format('%s %s %s %s %s %s %s %s %s %s %s', region, lane, tenant_id, ended, exit_code, orders, unanswered, cpu_ms,
                rss, wall_ms, bytes)
            FROM collector.cell_row WHERE prober = 'kept' ORDER BY cell_row_id
            """,
            new { }
        );
        Assert.Equal(
            [
                $"{Sample.East} isolated 77 wall_clock 137 9 2 1500 90000000 42000 5000000000",
                $"{Sample.East} shared  runs  0 0 0 0 0 0",
            ],
            rows
        );
    }

    [Fact]
    public async Task Of_one_region_the_newest_rows_are_kept_and_none_for_longer_than_a_week()
    {
        await house.RowsAsync<int>(
            """
            INSERT INTO collector.cell_row (region, prober, lane, ended, orders, unanswered, cpu_ms, rss, wall_ms, bytes, created_at)
            SELECT region, 'old', 'shared', 'runs', 0, 0, 0, 0, 0, 0, now() - age
            FROM (VALUES (@west, interval '1 hour', @most), (@west, interval '8 days', 3), ('elsewhere', interval '8 days', 3),
                ('elsewhere', interval '6 days', 3)) AS kept (region, age, rows), generate_series(1, rows)
            RETURNING 1
            """,
            new { west = Sample.West.Name, most = CellTable.Most + 10 }
        );

        await TellAsync(house.West, Report("new", Killed, Killed));

        var left = await house.RowsAsync<string>(
            """
            SELECT region || ' ' || prober || ' ' || count(*) FROM collector.cell_row
            WHERE region IN (@west, 'elsewhere') GROUP BY region, prober ORDER BY 1
            """,
            new { west = Sample.West.Name }
        );
        Assert.Equal(["elsewhere old 3", $"{Sample.West} new 2", $"{Sample.West} old {CellTable.Most - 5}"], left);
    }

    [Fact]
    public async Task The_operator_is_told_once_a_day_whose_servers_are_looked_at_less_often()
    {
        var told = new Told();
        var intake = new CellIntake(house.Get<CellTable>(), told);
        var east = new WatchRegion(Sample.East, "Ashburn");
        var report = new CellReport("p") { Kills = [new CellKills(701, 3, true), new CellKills(702, 2)] };

        await intake.TakeAsync(east, report, CancellationToken.None);
        await intake.TakeAsync(east, report with { Kills = [new CellKills(701, 4, true)] }, CancellationToken.None);
        await intake.TakeAsync(new WatchRegion(Sample.West, "Dublin"), report, CancellationToken.None);
        Assert.Contains("tenant 701 had to be killed 3 times", Assert.Single(told.Lines), StringComparison.Ordinal);

        await house.RowsAsync<int>(
            "UPDATE collector.tenant_kills SET told_at = told_at - interval '25 hours' WHERE tenant_id = 701 RETURNING 1",
            new { }
        );
        await intake.TakeAsync(east, report, CancellationToken.None);
        Assert.Equal(2, told.Lines.Count);
        Assert.Equal(
            ["701 3 t", "702 2 f"],
            await house.RowsAsync<string>(
                "SELECT format('%s %s %s', tenant_id, kills, throttled) FROM collector.tenant_kills WHERE region = @east AND tenant_id > 700 ORDER BY 1",
                new { east = Sample.East.Name }
            )
        );
    }

    [Fact]
    public async Task A_private_prober_tells_of_its_own_tenant_alone()
    {
        var added = await house
            .Get<RegionRegister>()
            .AddAsync(Region.Of("office"), "Berlin", new TenantId(Charlie), CancellationToken.None);
        Assert.True(added.TryGet(out var token));
        using var office = house.Client(token);
        var others = new CellReport("p") { Kills = [new CellKills(2, 9, true)] };

        Assert.Equal(HttpStatusCode.NoContent, await TellAsync(office, Report("p", Killed)));
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await TellAsync(office, Report("p", Killed, Killed with { Tenant = 2 }))
        );
        Assert.Equal(HttpStatusCode.Forbidden, await TellAsync(office, others));
        Assert.Equal(
            [1],
            await house.RowsAsync<int>("SELECT count(*)::int FROM collector.cell_row WHERE region = 'office'", new { })
        );
    }

    [Fact]
    public async Task Nothing_is_kept_of_an_erased_tenant()
    {
        await house.RowsAsync<int>(
            "INSERT INTO erasure.tenant_tombstone (tenant_id, asked_by) VALUES (790, 'a test') RETURNING 1",
            new { }
        );
        var report = Report("late", Killed with { Tenant = 790 }, Killed) with
        {
            Kills = [new CellKills(790, 3, true)],
        };

        Assert.Equal(HttpStatusCode.NoContent, await TellAsync(house.East, report));

        Assert.Equal(
            [Charlie],
            await house.RowsAsync<int>("SELECT tenant_id FROM collector.cell_row WHERE prober = 'late'", new { })
        );
        Assert.Empty(
            await house.RowsAsync<int>("SELECT tenant_id FROM collector.tenant_kills WHERE tenant_id = 790", new { })
        );
    }

    [Fact]
    public async Task What_no_prober_of_ours_could_tell_is_refused()
    {
        CellReport[] wrong =
        [
            Report("p", Killed with { Lane = "shared" }),
            Report("p", Killed with { Lane = "fast" }),
            Report("p", Killed with { Tenant = null }),
            Report("p", Killed with { Tenant = -1 }),
            Report("p", Killed with { End = "x'; DROP TABLE" }),
            Report("p", Killed with { Bytes = -1 }),
            Report("p", Killed with { Cpu = TimeSpan.FromDays(2) }),
            Report("p", [.. Enumerable.Repeat(Killed, CellReport.Most + 1)]),
            new("p") { Kills = [new CellKills(5, 0)] },
            new("p") { Kills = [new CellKills(5, 3), new CellKills(5, 4)] },
            new("with space"),
        ];

        foreach (var report in wrong)
        {
            Assert.Equal(HttpStatusCode.BadRequest, await TellAsync(house.East, report));
        }

        var lengthy = Report(
            "p",
            [.. Enumerable.Repeat(Killed with { End = new string('x', 1_000) }, CellReport.Most)]
        );
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await TellAsync(house.East, lengthy));
        using var stranger = house.Client(null);
        Assert.Equal(HttpStatusCode.Unauthorized, await TellAsync(stranger, Report("p", Killed)));
    }

    private static CellReport Report(string prober, params CellLine[] cells) => new(prober) { Cells = cells };

    private static async Task<HttpStatusCode> TellAsync(HttpClient prober, CellReport report)
    {
        using var answer = await prober.PostAsJsonAsync("cells", report, DeskJson.Default.CellReport);
        return answer.StatusCode;
    }

    private sealed class Told : ILogger<CellIntake>
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue(formatter(state, exception));
    }
}
