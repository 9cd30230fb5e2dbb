using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Archive.Tests.Drain;

public sealed class MinuteDrainTests(TestStorage storage) : IClassFixture<TestStorage>
{
    private readonly SealedLog _log = new(storage.Redis);

    [Fact]
    public async Task A_sealed_minute_becomes_a_row_and_leaves_the_log()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(101);
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute, latencyMs: 42));

        await archiver.DrainAsync();

        Assert.Equal(
            42,
            await archiver.AskAsync<int>(
                "SELECT latency_ms FROM archive.verdict_minute WHERE server_id = 101 AND tenant_id = 2 AND state = 1"
            )
        );
        Assert.Equal(0, await _log.LengthAsync(server.Server));
    }

    [Fact]
    public async Task What_the_row_holds_is_the_verdict_as_it_was_sealed()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var verdict = Verdicts.Down(Verdicts.Local(102), Times.NoonMinute);
        await _log.SealAsync(verdict);

        await archiver.DrainAsync();

        var packed = await archiver.AskAsync<byte[]>("SELECT packed FROM archive.verdict_minute WHERE server_id = 102");
        Assert.Equal(VerdictCodec.Pack(verdict), packed);
    }

    [Fact]
    public async Task A_minute_that_comes_twice_is_kept_once_and_the_first_stands()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(103);
        await _log.SealAsync(Verdicts.Down(server, Times.NoonMinute));
        await archiver.DrainAsync();

        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute));
        await archiver.DrainAsync();

        Assert.Equal(1, await archiver.RowsAsync(server));
        Assert.Equal(3, await archiver.AskAsync<int>("SELECT state FROM archive.verdict_minute WHERE server_id = 103"));
    }

    [Fact]
    public async Task A_minute_of_a_day_without_a_partition_gets_one()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(105);
        var minute = Times.NoonMinute - (5 * 1440);
        await _log.SealAsync(Verdicts.Live(server, minute));

        await archiver.DrainAsync();

        Assert.Equal(1, await archiver.RowsAsync(server));
    }

    [Fact]
    public async Task A_partition_that_another_archiver_dropped_is_made_again()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(106);
        var minute = Times.NoonMinute - (6 * 1440);
        await archiver.Partitions.EnsureAsync([minute.Value / 1440], TestContext.Current.CancellationToken);
        await archiver.AskAsync<bool>("SELECT archive.drop_minute_day(@day)", new { day = minute.Value / 1440 });
        await _log.SealAsync(Verdicts.Live(server, minute));

        await archiver.DrainAsync();

        Assert.Equal(1, await archiver.RowsAsync(server));
    }

    [Fact]
    public async Task A_server_that_was_erased_gets_no_row()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(107);
        await archiver.AskAsync<int>("INSERT INTO erasure.tombstone (server_id, tenant_id) VALUES (107, 2)");
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute));

        await archiver.DrainAsync();

        Assert.Equal(0, await archiver.RowsAsync(server));
        Assert.Equal(0, await _log.LengthAsync(server.Server));
    }

    [Fact]
    public async Task A_server_that_is_erased_between_two_of_its_minutes_gets_no_row_of_the_second()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(111);
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute - 1));
        await archiver.DrainAsync();
        await archiver.AskAsync<int>("SELECT erasure.bury(2, 111)");
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute));

        await archiver.DrainAsync();

        Assert.Equal(1, await archiver.RowsAsync(server));
    }

    [Fact]
    public async Task A_contract_that_was_settled_in_place_of_the_one_that_is_seen_is_doubted_at_the_next_minute()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(112);
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute - 2));
        await archiver.DrainAsync();
        Assert.Equal(1, await DoubtsAsync());
        await SettleAsync(1);
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute - 1));
        await archiver.DrainAsync();
        Assert.Equal(0, await DoubtsAsync());

        await SettleAsync(7);
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute));
        await archiver.DrainAsync();

        Assert.Equal(1, await DoubtsAsync());

        async Task<int> DoubtsAsync() =>
            await archiver.AskAsync<int>("SELECT count(*) FROM archive.contract_doubt WHERE server_id = 112");

        Task<int> SettleAsync(long mark) =>
            archiver.AskAsync<int>(
                """
                DELETE FROM archive.contract_doubt WHERE server_id = 112;
                INSERT INTO archive.settled_contract (server_id, tenant_id, mark, contract_hash, url, minute, recent_marks, recent_minutes)
                VALUES (112, 2, @mark, 'a', 'https://mcp.example.test/', 0, '{}', '{}')
                ON CONFLICT (server_id) DO UPDATE SET mark = excluded.mark
                """,
                new { mark }
            );
    }

    [Fact]
    public async Task A_minute_that_cannot_be_read_is_set_aside_and_the_others_go_on()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(108);
        await _log.AppendAsync(server.Server, Times.NoonMinute - 1, [9, 9, 9]);
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute));

        await archiver.DrainAsync();

        Assert.Equal(1, await archiver.RowsAsync(server));
        Assert.Equal(1, await archiver.AskAsync<int>("SELECT count(*) FROM archive.set_aside WHERE server_id = 108"));
    }

    [Fact]
    public async Task A_verdict_under_another_servers_name_is_set_aside()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(109);
        var stranger = VerdictCodec.Pack(Verdicts.Live(Verdicts.Local(999), Times.NoonMinute));
        await _log.AppendAsync(server.Server, Times.NoonMinute, stranger);

        await archiver.DrainAsync();

        Assert.Equal(0, await archiver.RowsAsync(Verdicts.Local(999)));
        Assert.Equal(1, await archiver.AskAsync<int>("SELECT count(*) FROM archive.set_aside WHERE server_id = 109"));
    }

    [Fact]
    public async Task What_was_set_aside_is_kept_once_it_can_be()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(110);
        await _log.AppendAsync(server.Server, Times.NoonMinute, [9]);
        await archiver.DrainAsync();
        await archiver.AskAsync<int>(
            "UPDATE archive.set_aside SET packed = @packed, come_back_at = now() WHERE server_id = 110",
            new { packed = VerdictCodec.Pack(Verdicts.Live(server, Times.NoonMinute)) }
        );

        await archiver.SetAside.RetryAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, await archiver.RowsAsync(server));
        Assert.Equal(0, await archiver.AskAsync<int>("SELECT count(*) FROM archive.set_aside WHERE server_id = 110"));
    }
}
