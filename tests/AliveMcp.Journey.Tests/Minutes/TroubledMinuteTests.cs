using AliveMcp.Journey.Tests.Install;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Journey.Tests.Minutes;

/// <summary>The siblings of the one minute: what may go wrong on its way, with real processes killed for real.</summary>
public sealed class TroubledMinuteTests
{
    private static readonly Uri Anywhere = new("http://mcp.example.test/mcp");

    [Fact]
    public async Task A_silent_region_delays_the_verdict_to_the_deadline_and_its_late_result_changes_nothing()
    {
        await using var install = await TestInstall.CreateAsync("eu-west", "us-east");
        var host = await install.StartAsync("all");
        var (speaking, silent) = (install.Puppet("eu-west", host), install.Puppet("us-east", host));
        await Task.WhenAll(speaking.AskAsync(), silent.AskAsync());
        await install.WatchAsync("half-heard", Anywhere);

        var (said, unsaid) = (await speaking.LeaseAsync(), await silent.LeaseAsync());
        var answer = await speaking.SayAsync(said, ServerState.Live);
        var archived = await ArchivedMinutes.WaitAsync(install, count: 1);
        var late = await silent.SayAsync(unsaid, ServerState.Down, Why.ConnectionRefused);
        var after = await ArchivedMinutes.ReadAsync(install);

        Assert.Equal(said.Minute, unsaid.Minute);
        Assert.Equal(1, answer.Recorded);
        Assert.Equal((said.Minute.Value, (int)ServerState.Live), (archived[0].Minute, archived[0].State));
        Assert.Equal((0, 1), (late.Recorded, late.Late));
        Assert.Equal(archived[0], after[0]);
    }

    [Fact]
    public async Task A_collector_killed_between_record_and_seal_leaves_a_minute_that_another_seals_the_same()
    {
        await using var install = await TestInstall.CreateAsync("eu-west", "us-east");
        await install.StartAsync("web,scheduler,archiver");
        var first = await install.StartAsync("collector");
        var (one, other) = (install.Puppet("eu-west", first), install.Puppet("us-east", first));
        await Task.WhenAll(one.AskAsync(), other.AskAsync());
        await install.WatchAsync("orphaned", Anywhere);

        // The entry is recorded and waits for the other region; whoever would seal the minute dies.
        var ticket = await one.LeaseAsync();
        await one.SayAsync(ticket, ServerState.Down, Why.ConnectionRefused);
        await first.KillAsync();
        await install.StartAsync("collector");

        var archived = await ArchivedMinutes.WaitAsync(install, count: 1);

        // One of two planned regions spoke, and failed: seen, not confirmed.
        Assert.Equal(ticket.Minute.Value, archived[0].Minute);
        Assert.Equal(((int)ServerState.Degraded, (int)Why.Unconfirmed), (archived[0].State, archived[0].Why));
    }

    [Fact]
    public async Task An_archiver_killed_between_read_and_commit_loses_nothing_and_doubles_nothing()
    {
        await using var install = await TestInstall.CreateAsync("eu-west");
        var host = await install.StartAsync("web,scheduler,collector");
        var puppet = install.Puppet("eu-west", host);
        await puppet.AskAsync();
        await install.WatchAsync("kept", Anywhere);
        var ticket = await puppet.LeaseAsync();
        await puppet.SayAsync(ticket, ServerState.Live);

        // The table is locked: the archiver has read the log and stands before its insert when it dies.
        await using (var connection = await install.Storage.Doors.AllTenants.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync("LOCK TABLE archive.verdict_minute IN SHARE MODE", transaction: transaction);
            var archiver = await install.StartAsync("archiver");
            await BlockedWriter.AppearsAsync(install);
            await archiver.KillAsync();
        }

        Assert.Empty(await ArchivedMinutes.ReadAsync(install));
        await install.StartAsync("archiver");
        var archived = await ArchivedMinutes.WaitAsync(install, count: 1);

        Assert.Equal([ticket.Minute.Value], archived.Select(row => row.Minute));
    }

    [Fact]
    public async Task Emptied_Redis_costs_the_open_minute_and_nothing_that_is_archived()
    {
        await using var install = await TestInstall.CreateAsync("eu-west");
        var host = await install.StartAsync("all");
        var puppet = install.Puppet("eu-west", host);
        await puppet.AskAsync();
        await install.WatchAsync("emptied", Anywhere);
        var before = await puppet.LeaseAsync();
        await puppet.SayAsync(before, ServerState.Live);
        await ArchivedMinutes.WaitAsync(install, count: 1);

        await install.Storage.Redis.Database.ExecuteAsync("FLUSHALL");
        await puppet.AskAsync();
        var after = await puppet.LeaseAsync();
        await puppet.SayAsync(after, ServerState.Live);
        var archived = await ArchivedMinutes.WaitAsync(install, count: 2);

        Assert.NotEqual(before.Minute, after.Minute);
        Assert.Equal([before.Minute.Value, after.Minute.Value], archived.Select(row => row.Minute));
        await install.EmbedSaysAsync("emptied", "live");
    }
}
