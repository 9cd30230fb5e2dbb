using AliveMcp.Archive.Drain;
using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary.Handover;
using Dapper;

namespace AliveMcp.Archive.Tests.Drain;

public sealed class DrainFaultTests(TestStorage storage) : IClassFixture<TestStorage>, IAsyncLifetime
{
    private readonly SealedLog _log = new(storage.Redis);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Every test begins with an empty Redis and an empty archive.</summary>
    public async ValueTask InitializeAsync()
    {
        await storage.Redis.Database.ExecuteAsync("FLUSHALL");
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        await connection.ExecuteAsync(
            "DELETE FROM archive.verdict_minute; UPDATE archive.mark SET epoch = '', seq = 0, holds_log = reader = 'archive'"
        );
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_archiver_that_dies_between_read_and_commit_loses_and_doubles_nothing()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(1);
        await _log.SealAsync(Enumerable.Range(0, 20).Select(i => Verdicts.Live(server, Times.NoonMinute - i)));
        await using (var connection = await storage.Doors.AllTenants.OpenConnectionAsync(Cancelled))
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancelled);
            var shard = Shard.Of(server.Server);
            await LogMarks.Archive.TakeAsync(connection, transaction, [shard], Cancelled);
            var read = await new ShardLog(storage.Redis).ReadAsync(shard, 0, 10);
            await archiver.Keeper.KeepAsync(transaction, read, Cancelled);
            await LogMarks.Archive.MoveAsync(
                connection,
                transaction,
                new Dictionary<Shard, LogMark> { [shard] = new("epoch", 10) },
                Cancelled
            );
            // Its connection breaks here, and with it the transaction.
        }

        Assert.Equal(0, await archiver.RowsAsync(server));

        await archiver.DrainAsync();

        Assert.Equal(20, await archiver.RowsAsync(server));
    }

    [Fact]
    public async Task An_archiver_that_dies_between_commit_and_trim_doubles_nothing()
    {
        var server = Verdicts.Local(1);
        using var first = new Archiver(storage, Times.Clock());
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute));
        await first.KeepAsync(Verdicts.Live(server, Times.NoonMinute));

        using var second = new Archiver(storage, Times.Clock());
        await second.DrainAsync();

        Assert.Equal(1, await second.RowsAsync(server));
        Assert.Equal(0, await _log.LengthAsync(server.Server));
    }

    [Fact]
    public async Task Of_minutes_that_are_partly_kept_already_the_others_are_added()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var servers = Enumerable.Range(1, 6).Select(Verdicts.Local).ToList();
        await _log.SealAsync(servers.Select(server => Verdicts.Live(server, Times.NoonMinute)));
        await archiver.KeepAsync(Verdicts.Down(servers[3], Times.NoonMinute));

        var added = await archiver.DrainAsync();

        Assert.Equal(5, added);
        Assert.Equal(6, await archiver.AskAsync<int>("SELECT count(*) FROM archive.verdict_minute"));
        Assert.Equal(1, await archiver.AskAsync<int>("SELECT count(*) FROM archive.verdict_minute WHERE state = 3"));
    }

    [Fact]
    public async Task Two_archivers_at_once_keep_every_minute_once()
    {
        using var one = new Archiver(storage, Times.Clock());
        using var other = new Archiver(storage, Times.Clock());
        var servers = Enumerable.Range(1, 16).Select(Verdicts.Local).ToList();
        var sealing = Task.Run(
            async () =>
            {
                for (var i = 0; i < 25; i++)
                {
                    await _log.SealAsync(servers.Select(server => Verdicts.Live(server, Times.NoonMinute - i)));
                }
            },
            Cancelled
        );

        while (!sealing.IsCompleted)
        {
            await Task.WhenAll(one.DrainAsync(), other.DrainAsync());
        }

        await sealing;
        await one.DrainAsync();
        await other.DrainAsync();

        Assert.Equal(400, await one.AskAsync<int>("SELECT count(*) FROM archive.verdict_minute"));
        Assert.Equal(0, await one.AskAsync<int>("SELECT count(*) FROM archive.set_aside"));
        Assert.Equal(0, await _log.LengthAsync(servers[0].Server));
    }

    [Fact]
    public async Task A_redis_that_was_emptied_is_read_from_its_beginning()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(1);
        await _log.SealAsync(Enumerable.Range(10, 10).Select(i => Verdicts.Live(server, Times.NoonMinute - i)));
        await archiver.DrainAsync();

        await storage.Redis.Database.ExecuteAsync("FLUSHALL");
        await archiver.DrainAsync();
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute));
        await archiver.DrainAsync();

        Assert.Equal(11, await archiver.RowsAsync(server));
        Assert.Equal(
            1,
            await archiver.AskAsync<int>("SELECT seq FROM archive.mark WHERE reader = 'archive' AND shard = 1")
        );
    }

    [Fact]
    public async Task What_waits_behind_another_archiver_is_seen_to_wait()
    {
        var clock = Times.Clock();
        using var archiver = new Archiver(storage, clock);
        await _log.SealAsync(Verdicts.Live(Verdicts.Local(1), Times.NoonMinute));

        await using (var connection = await storage.Doors.AllTenants.OpenConnectionAsync(Cancelled))
        await using (var transaction = await connection.BeginTransactionAsync(Cancelled))
        {
            await LogMarks.Archive.TakeAsync(connection, transaction, [Shard.Of(1)], Cancelled);
            await archiver.DrainAsync();
            clock.Advance(TimeSpan.FromMinutes(4));
            Assert.Equal(TimeSpan.FromMinutes(4), archiver.DrainWatch.Behind);
        }

        await archiver.DrainAsync();

        Assert.Equal(TimeSpan.Zero, archiver.DrainWatch.Behind);
    }

    [Fact]
    public async Task A_redis_that_forgot_its_last_second_gives_a_number_again_and_nothing_is_lost()
    {
        var server = Verdicts.Local(1);
        using (var before = new Archiver(storage, Times.Clock()))
        {
            await _log.SealAsync(Enumerable.Range(10, 5).Select(i => Verdicts.Live(server, Times.NoonMinute - i)));
            await before.DrainAsync();
        }

        // The same epoch, the sequence three back: what comes now lies behind the mark.
        await storage.Redis.Database.StringSetAsync(HandoverKeys.Sequence(Shard.Of(server.Server)), 2);
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute));
        using var after = new Archiver(storage, Times.Clock());
        await after.DrainAsync();

        Assert.Equal(6, await after.RowsAsync(server));
    }

    [Fact]
    public async Task A_log_that_went_back_is_found_within_five_minutes_even_without_a_new_connection()
    {
        var clock = Times.Clock();
        using var archiver = new Archiver(storage, clock);
        var server = Verdicts.Local(1);
        await _log.SealAsync(Enumerable.Range(10, 5).Select(i => Verdicts.Live(server, Times.NoonMinute - i)));
        await archiver.DrainAsync();
        await storage.Redis.Database.StringSetAsync(HandoverKeys.Sequence(Shard.Of(server.Server)), 2);
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute));

        clock.Advance(TimeSpan.FromMinutes(5));
        await archiver.DrainAsync();

        Assert.Equal(6, await archiver.RowsAsync(server));
    }

    [Fact]
    public async Task More_than_one_batch_is_drained_in_one_go()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(1);
        await Task.WhenAll(
            Enumerable
                .Range(0, 2_500)
                .Select(i =>
                    _log.AppendAsync(
                        server.Server,
                        Times.NoonMinute - i,
                        VerdictCodec.Pack(Verdicts.Live(server, Times.NoonMinute - i))
                    )
                )
        );

        var added = await archiver.DrainAsync();

        Assert.Equal(2_500, added);
        Assert.Equal(0, await _log.LengthAsync(server.Server));
    }

    [Fact]
    public async Task The_log_is_held_for_a_reader_that_has_not_passed()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(3);
        await archiver.AskAsync<int>("UPDATE archive.mark SET holds_log = true WHERE reader = 'alert'");
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute));

        await archiver.DrainAsync();

        Assert.Equal(1, await archiver.RowsAsync(server));
        Assert.Equal(1, await _log.LengthAsync(server.Server));
    }

    [Fact]
    public async Task A_minute_whose_hash_is_gone_is_kept_from_the_log()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(4);
        await _log.SealAsync([Verdicts.Live(server, Times.NoonMinute - 1), Verdicts.Live(server, Times.NoonMinute)]);
        await storage.Redis.Database.KeyDeleteAsync(HandoverKeys.Minute(server.Server, Times.NoonMinute - 1));

        await archiver.DrainAsync();

        Assert.Equal(2, await archiver.RowsAsync(server));
        Assert.Equal(0, await _log.LengthAsync(server.Server));
    }

    [Theory]
    [InlineData("4:29920854")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task A_member_that_holds_no_minute_does_not_stop_the_log(string member)
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(4);
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute - 1));
        await storage.Redis.Database.SortedSetAddAsync(HandoverKeys.Log(Shard.Of(server.Server)), member, 2);
        await storage.Redis.Database.StringIncrementAsync(HandoverKeys.Sequence(Shard.Of(server.Server)));
        await _log.SealAsync(Verdicts.Live(server, Times.NoonMinute));

        await archiver.DrainAsync();

        Assert.Equal(2, await archiver.RowsAsync(server));
        Assert.Equal(0, await _log.LengthAsync(server.Server));
    }
}
