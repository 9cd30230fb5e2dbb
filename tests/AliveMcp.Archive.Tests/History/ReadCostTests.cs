using AliveMcp.Archive.History;
using AliveMcp.Archive.Status;
using AliveMcp.Collector;
using AliveMcp.Testing.History;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AliveMcp.Archive.Tests.History;

/// <summary>What reads cost, counted by the driver's own trace and by Postgres's own counters: no more after two years than after a month.</summary>
public sealed class ReadCostTests
{
    private const int Servers = 3;

    private static readonly MinuteStamp Until = MinuteStamp.Of(
        new DateTimeOffset(2028, 3, 20, 7, 30, 0, TimeSpan.Zero)
    );

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_cost_the_same_after_a_month_and_after_two_years()
    {
        var month = await CostsAsync(days: 31);
        var years = await CostsAsync(days: 730);

        Assert.Equal((1, 1), (month.List.Statements, years.List.Statements));
        Assert.Equal((1, 1), (month.Page.Statements, years.Page.Statements));
        Assert.Equal((1, 1), (month.Status.Statements, years.Status.Statements));

        // Thirty days, a day of hours and the open minutes, whatever lies before.
        Assert.InRange(years.List.Rows, 1, month.List.Rows + (Servers * 3));

        // Ninety day bars instead of the thirty that there were.
        Assert.InRange(years.Page.Rows, 1, month.Page.Rows + 70);
        Assert.InRange(years.Year.Rows, 1, 600);
        Assert.Equal(1, years.Year.Statements);
    }

    private static async Task<Costs> CostsAsync(int days)
    {
        await using var storage = await TestStorage.CreateAsync();
        var shape = new HistoryShape
        {
            Until = Until,
            Days = days,
            Weight = 1,
            ComeAndGo = false,
            Retention = RetentionClass.Months25,
        };
        var stories = new Storyteller(shape).Tell(TenantId.Local, 1, Servers).ToList();
        var clock = new TestClock(shape.Now);
        // Hours are read of the last days only, and those of years take long to write.
        await new HistoryWriter(storage.Doors).WriteAsync(stories, new HistoryGrains { HoursOfDays = 100 }, Cancelled);
        await ByIndexAsync(storage);
        await using var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(storage.Doors)
            .AddSingleton(storage.Redis)
            .AddCollector()
            .AddArchive()
            .BuildServiceProvider();
        var statuses = services.GetRequiredService<StatusQueries>();
        var pages = services.GetRequiredService<ServerPages>();
        var uptime = services.GetRequiredService<UptimeQueries>();
        var server = stories[0].Server;
        var year = new Window(new MinuteStamp(Math.Max(shape.From.Value, Until.Value - (365 * 1440)) + 77), Until - 77);
        return new Costs(
            await CostAsync(
                storage,
                () => statuses.GetManyAsync([.. stories.Select(story => story.Server)], Cancelled)
            ),
            await CostAsync(storage, () => statuses.GetAsync(server, Cancelled)),
            await CostAsync(storage, () => pages.OfAsync(server, 90, null, Cancelled)),
            await CostAsync(storage, () => uptime.OfAsync(server, year, Cancelled))
        );
    }

    /// <summary>Tables of a few rows are read whole by choice. Those of an install are not.</summary>
    private static async Task ByIndexAsync(TestStorage storage)
    {
        var bootstrap = storage.Options.Bootstrap;
        await using var connection = new NpgsqlConnection(bootstrap.ConnectionString + ";Pooling=false");
        await connection.ExecuteAsync($"ALTER DATABASE {bootstrap.Database} SET enable_seqscan = off; ANALYZE");
    }

    private static async Task<Cost> CostAsync(TestStorage storage, Func<Task> read)
    {
        var before = await RowsRead.SoFarAsync(storage, Cancelled);
        using var sent = new SentStatements(storage);
        await read();
        var statements = sent.Texts.Count;
        return new Cost(statements, await RowsRead.SoFarAsync(storage, Cancelled) - before);
    }

    private sealed record Cost(int Statements, long Rows);

    private sealed record Costs(Cost List, Cost Status, Cost Page, Cost Year);
}
