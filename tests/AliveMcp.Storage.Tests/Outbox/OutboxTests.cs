using System.Collections.Concurrent;
using System.Text.Json;
using AliveMcp.Storage.Outbox;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;

namespace AliveMcp.Storage.Tests.Outbox;

public sealed class OutboxTests(TestStorage storage) : IClassFixture<TestStorage>
{
    private sealed record Rung(int BellNumber);

    [Fact]
    public async Task Every_reader_of_the_topic_gets_a_row_of_its_own()
    {
        var (alice, bob) = (Name(), Name());
        await TellAsync(new OutboxTopic("bell.rung", alice, bob), 1);

        Assert.Equal([1], await TakeAsync(alice));
        Assert.Empty(await TakeAsync(alice));
        Assert.Equal([1], await TakeAsync(bob));
    }

    [Fact]
    public async Task Rows_come_in_the_order_in_which_they_were_told_no_more_than_asked_for()
    {
        var alice = Name();
        await TellAsync(new OutboxTopic("bell.rung", alice), [.. Enumerable.Range(1, 10)]);

        Assert.Equal([1, 2, 3, 4], await TakeAsync(alice, 4));
        Assert.Equal([5, 6, 7, 8, 9, 10], await TakeAsync(alice));
    }

    [Fact]
    public async Task What_was_taken_and_rolled_back_comes_again()
    {
        var alice = Name();
        await TellAsync(new OutboxTopic("bell.rung", alice), 1);

        Assert.Equal([1], await TakeAsync(alice, commit: false));
        Assert.Equal([1], await TakeAsync(alice));
    }

    [Fact]
    public async Task What_was_told_and_rolled_back_was_never_told()
    {
        var alice = Name();
        await using (var connection = await storage.Doors.AllTenants.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var topic = new OutboxTopic("bell.rung", alice);
            await transaction.TellAsync(TenantId.Local, topic, new Rung(1), CancellationToken.None);
        }

        Assert.Empty(await TakeAsync(alice));
    }

    [Fact]
    public async Task Two_takers_of_one_reader_handle_each_row_once_even_when_some_fail()
    {
        var alice = Name();
        await TellAsync(new OutboxTopic("bell.rung", alice), [.. Enumerable.Range(1, 300)]);
        var handled = new ConcurrentBag<int>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(TakerAsync));

        Assert.Equal(Enumerable.Range(1, 300), handled.Order());

        async Task TakerAsync(int seed)
        {
            var random = new Random(seed);
            while (handled.Count < 300)
            {
                var isGood = random.Next(3) > 0;
                var taken = await TakeAsync(alice, random.Next(1, 20), commit: isGood);
                foreach (var bell in isGood ? taken : [])
                {
                    handled.Add(bell);
                }
            }
        }
    }

    [Fact]
    public async Task A_record_says_whose_it_is_and_is_spelled_in_snake_case()
    {
        var alice = Name();
        await TellAsync(new OutboxTopic("bell.rung", alice), 7);
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        var record = (await new OutboxReader(alice).TakeAsync(connection, transaction, 1, CancellationToken.None))[0];

        Assert.Equal((TenantId.Local, "bell.rung"), (record.Tenant, record.Topic));
        Assert.Equal("""{"bell_number": 7}""", record.Json);
    }

    [Fact]
    public async Task A_tenant_tells_in_its_own_name_only()
    {
        await using var session = await storage.Doors.OpenAsync(TenantId.Local, CancellationToken.None);
        var topic = new OutboxTopic("bell.rung", Name());

        await session.Transaction.TellAsync(TenantId.Local, topic, new Rung(1), CancellationToken.None);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            session.Transaction.TellAsync(TenantId.Public, topic, new Rung(1), CancellationToken.None)
        );
    }

    private static string Name() => $"reader-{Guid.NewGuid():N}";

    private async Task TellAsync(OutboxTopic topic, params int[] bells)
    {
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var bell in bells)
        {
            await transaction.TellAsync(TenantId.Local, topic, new Rung(bell), CancellationToken.None);
        }

        await transaction.CommitAsync();
    }

    private async Task<List<int>> TakeAsync(string reader, int most = 100, bool commit = true)
    {
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var taken = await new OutboxReader(reader).TakeAsync(connection, transaction, most, CancellationToken.None);
        if (commit)
        {
            await transaction.CommitAsync();
        }

        return [.. taken.Select(record => JsonSerializer.Deserialize<Rung>(record.Json, OutboxTopic.Json)!.BellNumber)];
    }
}
