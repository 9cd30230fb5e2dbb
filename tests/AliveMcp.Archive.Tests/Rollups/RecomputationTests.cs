using AliveMcp.Testing.History;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using Dapper;
using Npgsql;

namespace AliveMcp.Archive.Tests.Rollups;

/// <summary>Whatever happens on the way, a closed row is the one that a straight computation gives. Each server is archived twice: straight, and as its double the hard way.</summary>
public sealed class RecomputationTests(TestStorage storage) : IClassFixture<TestStorage>
{
    private const int Double = 100_000;

    /// <summary>Every statement that changes something while hours are closed and hours, days and months are packed, in its order.</summary>
    private static readonly (string Table, string Change)[] Statements =
    [
        ("dirty_hour", "INSERT"),
        ("progress", "UPDATE"),
        ("verdict_hour", "INSERT"),
        ("dirty_day", "INSERT"),
        ("dirty_hour", "DELETE"),
        ("progress", "UPDATE"),
        ("verdict_day", "INSERT"),
        ("dirty_month", "INSERT"),
        ("dirty_day", "DELETE"),
        ("verdict_month", "INSERT"),
        ("dirty_month", "DELETE"),
    ];

    /// <summary>Two days after a leap day, so that a month closes.</summary>
    private static readonly HistoryShape Shape = new()
    {
        Until = MinuteStamp.Of(new DateTimeOffset(2028, 3, 2, 7, 30, 0, TimeSpan.Zero)),
        Days = 3,
        CalmDays = 0.2,
        ComeAndGo = false,
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Minutes_in_any_order_late_twice_dirty_and_packed_by_two_at_once_give_the_same_rows(int seed)
    {
        var random = new Random(seed);
        var servers = Enumerable.Range(seed * 10, 4).ToList();
        using var one = new Archiver(storage, new TestClock(Shape.Now));
        using var other = new Archiver(storage, new TestClock(Shape.Now));
        await one.KeepAsync(servers.SelectMany(Minutes));
        await one.PackAsync();

        var doubles = servers.SelectMany(Minutes).Select(AsDouble).ToArray();
        random.Shuffle(doubles);
        foreach (var chunk in doubles.Chunk(1 + (doubles.Length / 5)))
        {
            await one.KeepAsync(chunk);
            await MakeDirtyAsync(one, servers);
            await Task.WhenAll(one.PackAsync(), other.PackAsync());
        }

        await one.PackAsync();
        await AssertSameAsync(servers);
    }

    [Fact]
    public async Task Killed_at_any_statement_it_gives_the_same_rows()
    {
        await using var own = await TestStorage.CreateAsync();
        var servers = Enumerable.Range(1, 3).ToList();
        using var archiver = new Archiver(own, new TestClock(Shape.Now));
        await archiver.KeepAsync(servers.SelectMany(Minutes));
        foreach (var statement in Statements)
        {
            await using var trap = await Trap.SetAsync(own, statement.Table, statement.Change);
            await Assert.ThrowsAsync<PostgresException>(archiver.PackAsync);
        }

        await archiver.PackAsync();
        await archiver.KeepAsync(servers.SelectMany(Minutes).Select(AsDouble));
        await archiver.PackAsync();

        await AssertSameAsync(servers, own);
        Assert.Equal("0 0 0", await WaitingAsync(archiver));
    }

    [Fact]
    public async Task A_month_is_the_sum_of_its_days_and_follows_them()
    {
        await using var own = await TestStorage.CreateAsync();
        using var archiver = new Archiver(own, new TestClock(Shape.Now));
        var story = Tell(7);
        var march = MinuteStamp.Of(new DateOnly(2028, 3, 1));
        var late = story.Minutes(Shape.From, march).Last();
        await archiver.KeepAsync(
            story.Minutes(Shape.From, Shape.Until).Where(verdict => verdict.Minute != late.Minute)
        );
        await archiver.PackAsync();
        var rows = await MonthAsync();

        await archiver.KeepAsync(late);
        await archiver.PackAsync();

        var model = story.Window(Shape.From, march);
        Assert.Equal(
            $"697 {model.Live} {model.Degraded} {model.Down} {model.SealedUnknown} {model.Maintenance}",
            await MonthAsync()
        );
        Assert.NotEqual(rows, await MonthAsync());
        Assert.Equal(697, await archiver.AskAsync<int>("SELECT packed_month FROM archive.progress"));

        Task<string?> MonthAsync() =>
            archiver.AskAsync<string>(
                "SELECT concat_ws(' ', month, live, degraded, down, unknown, maintenance) FROM archive.verdict_month"
            );
    }

    private static ServerStory Tell(int server) =>
        new Storyteller(Shape).Tell(new ServerKey(TenantId.Local, new ServerId(server)));

    /// <summary>Of every second server the retention class changes again and again.</summary>
    private static IEnumerable<VerdictMinute> Minutes(int server) =>
        Tell(server)
            .Minutes(Shape.From, Shape.Until)
            .Select(verdict =>
                server % 2 == 0
                    ? verdict
                    : verdict with
                    {
                        Plan = verdict.Plan with { Retention = (RetentionClass)(1 + (verdict.Minute.Value / 7 % 4)) },
                    }
            );

    private static VerdictMinute AsDouble(VerdictMinute verdict) =>
        verdict with
        {
            Plan = verdict.Plan with
            {
                Server = new ServerKey(verdict.Server.Tenant, new ServerId(verdict.Server.Server.Value + Double)),
            },
        };

    private static Task<int> MakeDirtyAsync(Archiver archiver, IEnumerable<int> servers) =>
        archiver.AskAsync<int>(
            """
            INSERT INTO archive.dirty_hour (hour, server_id, tenant_id)
            SELECT hour, server_id, tenant_id FROM archive.verdict_hour WHERE server_id = ANY(@doubles) AND hour % 3 = 0
            ON CONFLICT (hour, server_id) DO UPDATE SET touched = dirty_hour.touched + 1
            """,
            new { doubles = servers.Select(server => server + Double).ToArray() }
        );

    private static Task<string?> WaitingAsync(Archiver archiver) =>
        archiver.AskAsync<string>(
            """
            SELECT concat_ws(' ', (SELECT count(*) FROM archive.dirty_hour), (SELECT count(*) FROM archive.dirty_day
                 WHERE day <= (SELECT packed_day FROM archive.progress)),
                (SELECT count(*) FROM archive.dirty_month
                 WHERE month <= (SELECT packed_month FROM archive.progress)))
            """
        );

    private async Task AssertSameAsync(IReadOnlyList<int> servers, TestStorage? own = null)
    {
        await using var connection = await (own ?? storage).Doors.AllTenants.OpenConnectionAsync(Cancelled);
        foreach (var table in (string[])["verdict_hour", "verdict_day", "verdict_month"])
        {
            var straight = await RowsAsync(connection, table, servers);
            Assert.NotEmpty(straight);
            Assert.Equal(straight, await RowsAsync(connection, table, [.. servers.Select(server => server + Double)]));
        }
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(
        NpgsqlConnection connection,
        string table,
        IReadOnlyList<int> servers
    )
    {
        var rows = await connection.QueryAsync<string>(
            $"""
            SELECT (to_jsonb(t) || jsonb_build_object('server_id', server_id % {Double}))::text AS row
            FROM archive.{table} AS t WHERE server_id = ANY(@servers) ORDER BY row
            """,
            new { servers = servers.ToArray() }
        );
        return rows.AsList();
    }

    /// <summary>Fails every statement of one kind on one table, as if the packer were killed there.</summary>
    private sealed class Trap(NpgsqlConnection connection, string table) : IAsyncDisposable
    {
        public static async Task<Trap> SetAsync(TestStorage storage, string table, string change)
        {
            var connection = new NpgsqlConnection(storage.Options.Bootstrap.ConnectionString);
            await connection.ExecuteAsync(
                $"""
                CREATE OR REPLACE FUNCTION public.killed() RETURNS trigger LANGUAGE plpgsql
                    AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$;
                CREATE TRIGGER killed BEFORE {change} ON archive.{table} FOR EACH STATEMENT EXECUTE FUNCTION public.killed();
                """
            );
            return new Trap(connection, table);
        }

        public async ValueTask DisposeAsync()
        {
            await connection.ExecuteAsync($"DROP TRIGGER killed ON archive.{table}");
            await connection.DisposeAsync();
        }
    }
}
