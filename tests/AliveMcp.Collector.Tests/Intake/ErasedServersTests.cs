using AliveMcp.Collector.Intake;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Testing.Minutes;

namespace AliveMcp.Collector.Tests.Intake;

public sealed class ErasedServersTests(DeskHouse house) : IClassFixture<DeskHouse>
{
    [Fact]
    public async Task Nothing_of_an_erased_server_stays_in_redis()
    {
        var server = await house.WatchAsync();
        var plan = await house.OpenAsync(server, Sample.East);
        await DeskHouse.ReportAsync(house.East, DeskHouse.Report(await house.LeaseOneAsync(house.East)));
        var database = house.Storage.Redis.Database;
        Assert.True(await database.KeyExistsAsync(CollectorKeys.Hot(server.Server)));
        Assert.NotNull(await SealedLog.PlaceAsync(database, server.Server, plan.Minute));
        await house.RowsAsync<int>(
            """
            INSERT INTO storage.outbox (tenant_id, topic, reader, record)
            VALUES (2, 'server.erased', 'collector', jsonb_build_object('server_id', @id)) RETURNING 1
            """,
            new { id = server.Server.Value }
        );

        // The house's own loop may be quicker; either way it is done once this returns without a row left.
        while (await WaitingAsync() > 0)
        {
            await house.Get<ErasedServers>().ForgetAsync(CancellationToken.None);
        }

        Assert.False(await database.KeyExistsAsync(CollectorKeys.Hot(server.Server)));
        Assert.False(await database.KeyExistsAsync(CollectorKeys.Minute(server.Server, plan.Minute)));
        Assert.Null(await SealedLog.PlaceAsync(database, server.Server, plan.Minute));
    }

    [Fact]
    public async Task A_buried_server_leaves_no_new_rows()
    {
        var server = await house.WatchAsync();
        await house.OpenAsync(server, Sample.East);
        var ticket = await house.LeaseOneAsync(house.East);
        await house.RowsAsync<int>(
            "INSERT INTO erasure.tombstone (server_id, tenant_id) VALUES (@id, 2) RETURNING 1",
            new { id = server.Server.Value }
        );

        await DeskHouse.ReportAsync(
            house.East,
            DeskHouse.Report(ticket, Sample.Attempt(Vocabulary.ServerState.Down, Vocabulary.Why.Timeout))
        );

        var rows = await house.RowsAsync<long>(
            """
            SELECT (SELECT count(*) FROM collector.evidence WHERE server_id = @id)
                + (SELECT count(*) FROM collector.server_memory WHERE server_id = @id)
            """,
            new { id = server.Server.Value }
        );
        Assert.Equal([0L], rows);
    }

    private async Task<long> WaitingAsync() =>
        Assert.Single(
            await house.RowsAsync<long>("SELECT count(*) FROM storage.outbox WHERE processed_at IS NULL", new { })
        );
}
