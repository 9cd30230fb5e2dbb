using AliveMcp.Testing.Storage;
using Dapper;

namespace AliveMcp.Archive.Tests.Rollups;

public sealed class WatchLedgerTests(TestStorage storage) : IClassFixture<TestStorage>
{
    [Fact]
    public async Task Watching_begins_changes_and_ends_as_it_was_told()
    {
        await TellAsync("""{"server_id":301,"from_minute":100,"weight":1}""");
        await TellAsync("""{"server_id":301,"from_minute":200,"weight":5}""");
        await TellAsync("""{"server_id":301,"from_minute":300,"weight":null}""");

        Assert.Equal("100-200/1 200-300/5", await PeriodsAsync(301));
    }

    [Fact]
    public async Task A_change_at_the_minute_of_the_one_before_replaces_it()
    {
        await TellAsync("""{"server_id":302,"from_minute":100,"weight":1}""");
        await TellAsync("""{"server_id":302,"from_minute":150,"weight":null}""");
        await TellAsync("""{"server_id":302,"from_minute":150,"weight":2}""");
        await TellAsync("""{"server_id":302,"from_minute":150,"weight":10}""");

        Assert.Equal("100-150/1 150-*/10", await PeriodsAsync(302));
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_set_aside_and_the_next_one_is_heard()
    {
        const string aside = "SELECT count(*) FROM archive.set_aside WHERE source = 'outbox'";
        var before = await AskAsync<int>(aside);
        await TellAsync("""{"server_id":303,"from_minute":100,"weight":1000}""");
        await TellAsync("""{"server_id":303,"from_minute":110,"weight":1}""");

        Assert.Equal("110-*/1", await PeriodsAsync(303));
        Assert.Equal(before + 1, await AskAsync<int>(aside));
    }

    [Fact]
    public async Task A_record_longer_than_an_index_takes_is_set_aside_all_the_same_and_once()
    {
        var noise = new byte[8_000];
        new Random(305).NextBytes(noise);
        var record = $$"""{"server_id":305,"from_minute":100,"weight":1000,"note":"{{Convert.ToHexString(noise)}}"}""";
        await TellAsync(record);
        await TellAsync(record);

        Assert.Equal(
            2,
            await AskAsync<int>(
                "SELECT attempts FROM archive.set_aside WHERE source = 'outbox' AND length(member) > 8000"
            )
        );
    }

    [Fact]
    public async Task An_erased_server_is_not_written_down()
    {
        await AskAsync<int>("INSERT INTO erasure.tombstone (server_id, tenant_id) VALUES (304, 2)");

        await TellAsync("""{"server_id":304,"from_minute":100,"weight":1}""");

        Assert.Equal("", await PeriodsAsync(304));
    }

    private async Task TellAsync(string record)
    {
        await AskAsync<int>(
            "INSERT INTO storage.outbox (tenant_id, topic, reader, record) VALUES (2, 'server.watch', 'archive', @record::jsonb)",
            new { record }
        );
        using var archiver = new Archiver(storage, Times.Clock());
        await archiver.Watch.TakeAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string?> PeriodsAsync(int server) =>
        await AskAsync<string>(
            """
            SELECT coalesce(string_agg(from_minute || '-' || coalesce(to_minute::text, '*') || '/' || weight, ' ' ORDER BY from_minute), '')
            FROM archive.watch_period WHERE server_id = @server AND tenant_id = 2
            """,
            new { server }
        );

    private async Task<T?> AskAsync<T>(string sql, object? values = null)
    {
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<T>(sql, values);
    }
}
