using AliveMcp.Archive.Retention;
using AliveMcp.Storage.Audit;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Archive.Tests.Retention;

public sealed class HistoryRetentionTests : IAsyncLifetime
{
    private readonly TestClock _clock = Times.Clock();
    private TestStorage _storage = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _storage = await TestStorage.CreateAsync();
        await ExecuteAsync(
            "INSERT INTO tenancy.tenant (tenant_id, slug, name, plan) VALUES (7, 'alice', 'Alice', 'team')"
        );
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task A_look_changes_nothing_and_says_what_goes_and_why()
    {
        await HourAsync(RetentionClass.Days7, new DateOnly(2026, 9, 15));
        await HourAsync(RetentionClass.Days7, new DateOnly(2026, 11, 1));

        var lines = (await LookAsync()).Lines();

        Assert.Contains(
            lines,
            line =>
                line.StartsWith("drop     archive.verdict_hour_1_m202609, ", StringComparison.Ordinal)
                && line.EndsWith(
                    "ends 2026-10-01, class 7d keeps minutes from 2026-10-15 (30 days of grace included)",
                    StringComparison.Ordinal
                )
        );
        Assert.DoesNotContain(lines, line => line.Contains("m202611", StringComparison.Ordinal));
        Assert.Equal(2, await CountAsync("archive.verdict_hour"));
        Assert.Equal(0, await CountAsync("archive.promise"));
    }

    [Fact]
    public async Task What_is_over_goes_as_whole_partitions_and_the_rest_stays()
    {
        await HourAsync(RetentionClass.Days7, new DateOnly(2026, 9, 15));
        await HourAsync(RetentionClass.Days90, new DateOnly(2026, 9, 15));
        await HourAsync(RetentionClass.Days7, new DateOnly(2026, 11, 1));
        await DayAsync(RetentionClass.Days7, new DateOnly(2025, 12, 31));
        await DayAsync(RetentionClass.Days90, new DateOnly(2025, 12, 31));

        var done = await ApplyAsync();

        Assert.Equal(["verdict_day_1_y2025", "verdict_hour_1_m202609"], done.Dropped);
        Assert.Equal(2, await CountAsync("archive.verdict_hour"));
        Assert.Equal(1, await CountAsync("archive.verdict_day"));
        Assert.Empty((await ApplyAsync()).Dropped);
    }

    [Fact]
    public async Task Downgraded_a_tenant_keeps_what_its_longer_plan_stored_and_finds_it_again_when_it_comes_back()
    {
        await ApplyAsync();
        await HourAsync(RetentionClass.Months13, new DateOnly(2026, 1, 15));
        await ExecuteAsync("UPDATE tenancy.tenant SET plan = 'public' WHERE tenant_id = 7");

        Assert.Empty((await ApplyAsync()).Dropped);

        Assert.Equal("public", await AskAsync<string>("SELECT plan FROM archive.promise WHERE tenant_id = 7"));
        Assert.Equal(1, await CountAsync("archive.verdict_hour"));
        await ExecuteAsync("UPDATE tenancy.tenant SET plan = 'team' WHERE tenant_id = 7");
        var shown = HistoryHorizon.Of(Plans()["team"], _clock.GetUtcNow());
        Assert.True(shown.FirstHour <= HistoryHorizon.DayNumber(new DateOnly(2026, 1, 15)) * 24);
    }

    [Fact]
    public async Task A_plan_that_shrinks_in_the_file_drops_nothing_until_the_promise_is_kept_or_given_up()
    {
        await ApplyAsync();
        await HourAsync(RetentionClass.Days7, new DateOnly(2026, 9, 15));
        var shrunk = Retention(team: RetentionClass.Days90);

        var found = await shrunk.LookAsync(Cancelled);
        var refused = await shrunk.ApplyAsync(found, Cancelled);

        Assert.Contains("Tenant 'alice'", Assert.Single(found.Broken).Message, StringComparison.Ordinal);
        Assert.Empty(refused.Dropped);
        Assert.Equal(1, await CountAsync("archive.verdict_hour"));

        Assert.True(await shrunk.ReleaseAsync(new TenantId(7), Actor.AtTerminal, Cancelled));
        found = await shrunk.LookAsync(Cancelled);
        Assert.Empty(found.Broken);
        Assert.Equal(["verdict_hour_1_m202609"], (await shrunk.ApplyAsync(found, Cancelled)).Dropped);
    }

    [Fact]
    public async Task A_partition_that_somebody_reads_for_long_goes_in_the_next_round()
    {
        await HourAsync(RetentionClass.Days7, new DateOnly(2026, 9, 15));
        await using (var reader = await _storage.Doors.AllTenants.OpenConnectionAsync(Cancelled))
        {
            await using var transaction = await reader.BeginTransactionAsync(Cancelled);
            await reader.ExecuteAsync("SELECT count(*) FROM archive.verdict_hour");

            var held = await ApplyAsync();
            Assert.Equal(["verdict_hour_1_m202609"], held.Held);
            Assert.Empty(held.Dropped);
        }

        Assert.Equal(["verdict_hour_1_m202609"], (await ApplyAsync()).Dropped);
    }

    [Fact]
    public async Task Without_a_single_partition_there_is_nothing_to_do()
    {
        var done = await ApplyAsync();

        Assert.Empty(done.Dropped);
        Assert.All(done.Deleted, table => Assert.Equal(0, table.Value));
    }

    [Fact]
    public async Task Evidence_goes_by_its_own_clock_and_that_of_failures_later()
    {
        await EvidenceAsync(state: 1, daysAgo: 29);
        await EvidenceAsync(state: 1, daysAgo: 31);
        await EvidenceAsync(state: 3, daysAgo: 31);
        await EvidenceAsync(state: 2, daysAgo: 399);
        await EvidenceAsync(state: 3, daysAgo: 401);

        await ApplyAsync();

        Assert.Equal(
            "1 2 3",
            await AskAsync<string>("SELECT string_agg(state::text, ' ' ORDER BY state) FROM collector.evidence")
        );
    }

    [Fact]
    public async Task Told_records_go_a_week_after_they_were_read_and_unread_ones_never()
    {
        await ExecuteAsync(
            """
            INSERT INTO storage.outbox (tenant_id, topic, reader, record, created_at, processed_at) VALUES
                (7, 'old', 'x', '{}', @old, @old), (7, 'new', 'x', '{}', @old, @fresh), (7, 'unread', 'x', '{}', @old, NULL)
            """,
            new { old = _clock.GetUtcNow().AddDays(-8), fresh = _clock.GetUtcNow().AddDays(-6) }
        );

        await ApplyAsync();

        Assert.Equal(
            "new unread",
            await AskAsync<string>("SELECT string_agg(topic, ' ' ORDER BY topic) FROM storage.outbox")
        );
    }

    [Fact]
    public async Task When_more_is_over_than_one_round_takes_the_next_comes_in_a_minute()
    {
        await ExecuteAsync(
            """
            INSERT INTO storage.outbox (tenant_id, topic, reader, record, created_at, processed_at)
            SELECT 7, 'old', 'x', '{}', @old, @old FROM generate_series(1, 10001)
            """,
            new { old = _clock.GetUtcNow().AddDays(-8) }
        );
        var turn = new HistoryTurn(Retention(), _clock, NullLogger<HistoryTurn>.Instance);

        await turn.TurnAsync(Cancelled);
        Assert.Equal(1, await CountAsync("storage.outbox"));

        _clock.Advance(TimeSpan.FromMinutes(1));
        await turn.TurnAsync(Cancelled);
        Assert.Equal(0, await CountAsync("storage.outbox"));
    }

    [Fact]
    public async Task Lists_stay_while_anything_refers_to_them_and_drift_as_long_as_days_and_grace()
    {
        await ContractsAsync();

        await ApplyAsync();

        Assert.Equal(
            "baseline fresh from seen to",
            await AskAsync<string>(
                "SELECT string_agg(tool_names[1], ' ' ORDER BY tool_names[1]) FROM collector.contract_version"
            )
        );
        Assert.Equal(1, await CountAsync("archive.contract_drift"));
    }

    private async Task ContractsAsync()
    {
        var old = _clock.GetUtcNow().AddDays(-761 - 31);
        var (oldMinute, newMinute) = (MinuteStamp.Of(old).Value, Times.NoonMinute.Value - 1440);
        string[] names = ["baseline", "fresh", "from", "gone", "olddrift", "seen", "to"];
        foreach (var name in names)
        {
            await ExecuteAsync(
                """
                INSERT INTO collector.contract_version (tenant_id, server_id, full_hash, contract_hash, tool_count, tool_names, bytes, first_seen)
                VALUES (7, 70, 'sha256:' || encode(sha256(@name::bytea), 'hex'), 'sha256:' || encode(sha256(('c' || @name)::bytea), 'hex'),
                    1, ARRAY[@name], 2, @at)
                """,
                new { name, at = name == "fresh" ? _clock.GetUtcNow() : old }
            );
        }

        await ExecuteAsync(
            """
            INSERT INTO archive.settled_contract (server_id, tenant_id, mark, contract_hash, full_hash, url, minute, recent_marks, recent_minutes)
            SELECT 70, 7, 1, contract_hash, full_hash, 'https://x.example/mcp', @newMinute, '{}', '{}'
            FROM collector.contract_version WHERE tool_names = '{baseline}';
            INSERT INTO collector.server_memory (server_id, tenant_id, url, regions)
            SELECT 70, 7, 'https://x.example/mcp', jsonb_build_object('local', jsonb_build_object('full_hash', full_hash))
            FROM collector.contract_version WHERE tool_names = '{seen}';
            INSERT INTO archive.contract_drift (tenant_id, server_id, minute, kind, from_hash, to_hash, from_list, to_list, from_key, to_key,
                gravest, classes, change_count, changes)
            SELECT 7, 70, drift.minute, 1, a.contract_hash, b.contract_hash, a.full_hash, b.full_hash, '{}', '{}', 0, '{}', 0, '[]'
            FROM (VALUES (@newMinute, 'from', 'to'), (@oldMinute, 'gone', 'olddrift')) AS drift (minute, from_name, to_name)
                JOIN collector.contract_version AS a ON a.tool_names[1] = drift.from_name
                JOIN collector.contract_version AS b ON b.tool_names[1] = drift.to_name;
            """,
            new { oldMinute, newMinute }
        );
    }

    private static PlanTable Plans(RetentionClass team = RetentionClass.Months13) =>
        new([
            PromiseRuleTests.Plan("public", RetentionClass.Days7, 90),
            PromiseRuleTests.Plan("self_hosted", RetentionClass.Days90, 396),
            PromiseRuleTests.Plan("team", team, 761),
        ]);

    private HistoryRetention Retention(RetentionClass team = RetentionClass.Months13) =>
        new(_storage.Doors, Plans(team), _clock);

    private Task<RetentionFindings> LookAsync() => Retention().LookAsync(Cancelled);

    private async Task<RetentionOutcome> ApplyAsync()
    {
        var retention = Retention();
        return await retention.ApplyAsync(await retention.LookAsync(Cancelled), Cancelled);
    }

    private Task HourAsync(RetentionClass kept, DateOnly day) =>
        ExecuteAsync(
            """
            SELECT archive.make_hour_month(@kept::smallint, @hour);
            INSERT INTO archive.verdict_hour (server_id, hour, tenant_id, retention, minutes, live, degraded, down, unknown,
                maintenance, tries, failed_tries, packed, latency, regions)
            VALUES (70, @hour, 7, @kept, 60, 60, 0, 0, 0, 0, 60, 0, '\x00', '\x00', '\x00')
            """,
            new { kept = (short)kept, hour = (HistoryHorizon.DayNumber(day) * 24) + 5 }
        );

    private Task DayAsync(RetentionClass kept, DateOnly day) =>
        ExecuteAsync(
            """
            SELECT archive.make_day_year(@kept::smallint, @day);
            INSERT INTO archive.verdict_day (server_id, day, tenant_id, retention, hours, live, degraded, down, unknown,
                maintenance, tries, failed_tries, latency)
            VALUES (70, @day, 7, @kept, 24, 1440, 0, 0, 0, 0, 1440, 0, '\x00')
            """,
            new { kept = (short)kept, day = HistoryHorizon.DayNumber(day) }
        );

    private Task EvidenceAsync(short state, int daysAgo) =>
        ExecuteAsync(
            """
            INSERT INTO collector.evidence (tenant_id, server_id, minute, region, state, why, late)
            VALUES (7, 70, @minute, 'local', @state, 1, false)
            """,
            new { state, minute = Times.NoonMinute.Value - (daysAgo * 1440) }
        );

    private Task<int> CountAsync(string table) => AskAsync<int>($"SELECT count(*)::integer FROM {table}")!;

    private async Task<T?> AskAsync<T>(string sql)
    {
        await using var connection = await _storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    private async Task ExecuteAsync(string sql, object? values = null)
    {
        await using var connection = await _storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        await connection.ExecuteAsync(sql, values);
    }
}
