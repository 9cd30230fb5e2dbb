using AliveMcp.Servers.Erasure;
using AliveMcp.Servers.Files;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Servers.Tests.Erasure;

public sealed class ServerEraserTests(Install install) : IClassFixture<Install>, IAsyncLifetime
{
    private static readonly ApplyOptions Prune = new() { Prune = true };

    public async ValueTask InitializeAsync() => await install.EmptyAsync();

    [Fact]
    public async Task What_the_owner_asked_to_erase_is_in_no_table_any_more_and_its_neighbour_is_untouched()
    {
        await install.ApplyAsync(File("gone", "kept"));
        var (gone, kept) = (await install.IdOfAsync("gone"), await install.IdOfAsync("kept"));
        await LeaveTracesAsync(gone);
        await LeaveTracesAsync(kept);
        var traces = await TracesAsync(kept);
        await install.ApplyAsync(File("kept"), Prune);

        Assert.Equal(1, await RunAsync());

        Assert.Equal(["erasure.receipt", "erasure.tombstone"], await TracesAsync(gone));
        Assert.Equal(traces, await TracesAsync(kept));
        Assert.Equal(18, traces.Count);
    }

    [Fact]
    public async Task It_leaves_a_stone_and_tells_the_collector_once()
    {
        await install.ApplyAsync(File("gone"));
        var gone = await install.IdOfAsync("gone");
        await install.ApplyAsync("servers: []", Prune);

        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());

        Assert.Equal(
            [gone.Value],
            await install.QueryAsync<int>("SELECT server_id FROM erasure.tombstone WHERE erased_at IS NOT NULL")
        );
        Assert.Equal(
            [$$"""collector {"server_id": {{gone}}}"""],
            await install.QueryAsync<string>(
                "SELECT reader || ' ' || record FROM storage.outbox WHERE topic = 'server.erased'"
            )
        );
    }

    [Fact]
    public async Task What_was_not_asked_for_is_never_erased()
    {
        await install.ApplyAsync(File("kept"));

        var kept = await install.IdOfAsync("kept");
        var fault = await Assert.ThrowsAsync<PostgresException>(() =>
            install.ExecuteAsync("SELECT erasure.erase_server(2, @id)", new { id = kept.Value })
        );

        Assert.Contains("no tombstone", fault.MessageText, StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync());
    }

    [Fact]
    public async Task A_crash_between_stone_and_erasure_is_finished_by_the_next_run()
    {
        await install.ApplyAsync(File("gone"));
        var gone = await install.IdOfAsync("gone");
        await install.ApplyAsync("servers: []", Prune);
        await install.ExecuteAsync("SELECT erasure.bury(2, @id)", new { id = gone.Value });

        Assert.Equal(1, await RunAsync());

        Assert.Equal(["erasure.receipt", "erasure.tombstone"], await TracesAsync(gone));
    }

    [Fact]
    public async Task Several_erasers_at_once_leave_nothing_and_tell_it_once()
    {
        await install.ApplyAsync(File("a", "b", "c"));
        await install.ApplyAsync("servers: []", Prune);

        await Task.WhenAll(RunAsync(), RunAsync(), RunAsync());

        Assert.Empty(await install.QueryAsync<int>("SELECT server_id FROM servers.server"));
        Assert.Equal(3, (await install.QueryAsync<int>("SELECT server_id FROM erasure.tombstone")).Count);
        Assert.Equal(
            3,
            (await install.QueryAsync<int>("SELECT 1 FROM storage.outbox WHERE topic = 'server.erased'")).Count
        );
    }

    [Fact]
    public async Task A_minute_that_is_being_archived_at_that_moment_is_waited_for_and_erased_too()
    {
        await install.ApplyAsync(File("gone"));
        var gone = await install.IdOfAsync("gone");
        await install.ApplyAsync("servers: []", Prune);

        // An archiver in the middle of its transaction: it holds its mark, has seen no stone, and is about to store a minute.
        await using var archiver = await install.Storage.Doors.AllTenants.OpenConnectionAsync();
        await using var transaction = await archiver.BeginTransactionAsync();
        await archiver.ExecuteAsync(
            "SELECT FROM archive.mark WHERE reader = 'archive' AND shard = @shard FOR UPDATE",
            new { shard = gone.Value % 64 }
        );
        var erasing = RunAsync();
        await Eventually.GetAsync(
            () => install.QueryAsync<int>("SELECT 1 FROM pg_locks WHERE NOT granted"),
            waiting => waiting.Count > 0,
            TimeSpan.FromSeconds(30)
        );
        await LeaveTracesAsync(gone, archiver);
        await transaction.CommitAsync();

        Assert.Equal(1, await erasing);
        Assert.Equal(["erasure.receipt", "erasure.tombstone"], await TracesAsync(gone));
    }

    [Fact]
    public async Task An_owner_cannot_erase_by_himself()
    {
        await using var session = await install.Storage.Doors.OpenAsync(TenantId.Local, CancellationToken.None);

        var fault = await Assert.ThrowsAsync<PostgresException>(() =>
            session.Connection.ExecuteAsync("SELECT erasure.erase_server(2, 1)")
        );

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, fault.SqlState);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<int> RunAsync() => install.Get<ServerEraser>().RunAsync(CancellationToken.None);

    private static string File(params string[] slugs) =>
        $"servers: [{string.Join(", ", slugs.Select(slug => $"{{ slug: {slug}, url: 'https://{slug}.example/mcp' }}"))}]";

    /// <summary>A row in every table of the other rooms, as they would write it.</summary>
    private async Task LeaveTracesAsync(ServerId server, NpgsqlConnection? connection = null)
    {
        const string sql = """
            SELECT archive.make_minute_day(20778), archive.make_hour_month(2::smallint, 498672), archive.make_day_year(2::smallint, 20778);
            SELECT archive.make_month_year(2::smallint, 682);
            INSERT INTO archive.verdict_minute (minute, server_id, tenant_id, state, why, weight, maintenance, packed)
                VALUES (29920320, @id, 2, 1, 0, 1, false, '\x00');
            INSERT INTO archive.verdict_hour (server_id, hour, tenant_id, retention, minutes, live, degraded, down, unknown,
                maintenance, tries, failed_tries, packed, latency, regions)
                VALUES (@id, 498672, 2, 2, 60, 60, 0, 0, 0, 0, 60, 0, '\x00', '\x00', '\x00');
            INSERT INTO archive.verdict_day (server_id, day, tenant_id, retention, hours, live, degraded, down, unknown,
                maintenance, tries, failed_tries, latency)
                VALUES (@id, 20778, 2, 2, 24, 1440, 0, 0, 0, 0, 1440, 0, '\x00');
            INSERT INTO archive.verdict_month (server_id, month, tenant_id, retention, days, live, degraded, down, unknown,
                maintenance, tries, failed_tries, latency)
                VALUES (@id, 682, 2, 2, 30, 43200, 0, 0, 0, 0, 43200, 0, '\x00');
            INSERT INTO archive.dirty_hour (hour, server_id, tenant_id) VALUES (498672, @id, 2);
            INSERT INTO archive.dirty_day (day, server_id, tenant_id) VALUES (20778, @id, 2);
            INSERT INTO archive.dirty_month (month, server_id, tenant_id) VALUES (682, @id, 2);
            INSERT INTO archive.watch_period (server_id, from_minute, weight, tenant_id) VALUES (@id, 29920320, 1, 2);
            INSERT INTO archive.set_aside (source, member, member_hash, server_id, reason, packed, come_back_at)
                VALUES ('log', @id || ':29920320', sha256((@id || ':29920320')::bytea), @id, 'a test''s', '\x00', now());
            INSERT INTO collector.server_memory (server_id, tenant_id, url) VALUES (@id, 2, 'https://x.example/mcp');
            INSERT INTO collector.contract_version (tenant_id, server_id, full_hash, contract_hash, tool_count, tool_names, bytes)
                VALUES (2, @id, 'sha256:' || repeat('0', 64), 'sha256:' || repeat('0', 64), 0, '{}', 2);
            INSERT INTO collector.evidence (tenant_id, server_id, minute, region, state, why, late)
                VALUES (2, @id, 29920320, 'local', 3, 1, false);
            INSERT INTO archive.settled_contract (server_id, tenant_id, mark, contract_hash, url, minute, recent_marks, recent_minutes)
                VALUES (@id, 2, 1, 'x', 'https://x.example/mcp', 29920320, '{}', '{}');
            INSERT INTO archive.contract_drift (tenant_id, server_id, minute, kind, from_hash, to_hash, to_list, from_key, to_key,
                gravest, classes, change_count, changes)
                VALUES (2, @id, 29920320, 1, 'a', 'b', 'b', '{}', '{}', 0, '{}', 0, '[]');
            INSERT INTO archive.contract_doubt (server_id, tenant_id) VALUES (@id, 2);
            """;
        if (connection is not null)
        {
            await connection.ExecuteAsync(sql, new { id = server.Value });
            return;
        }

        await install.ExecuteAsync(sql, new { id = server.Value });
    }

    /// <summary>The tables, of all that there are, that hold a row of the server.</summary>
    private async Task<List<string>> TracesAsync(ServerId server)
    {
        var tables = await install.QueryAsync<string>(
            """
            SELECT format('%I.%I', n.nspname, c.relname)
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE a.attname = 'server_id' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1
            """
        );
        var found = new List<string>();
        foreach (var table in tables)
        {
            var rows = await install.QueryAsync<int>(
                $"SELECT 1 FROM {table} WHERE server_id = @id",
                new { id = server.Value }
            );
            found.AddRange(rows.Count > 0 ? [table] : []);
        }

        return found;
    }
}
