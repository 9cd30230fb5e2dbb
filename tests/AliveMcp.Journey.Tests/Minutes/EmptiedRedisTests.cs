using AliveMcp.Journey.Tests.Install;
using AliveMcp.Vocabulary;

namespace AliveMcp.Journey.Tests.Minutes;

/// <summary>Redis loses all it holds.</summary>
public sealed class EmptiedRedisTests
{
    [Fact]
    public async Task Emptied_Redis_costs_the_open_minute_and_nothing_that_is_archived()
    {
        await using var install = await TestInstall.CreateAsync("eu-west");
        var host = await install.StartAsync("all");
        var puppet = install.Puppet("eu-west", host);
        await puppet.AskAsync();
        await install.WatchAsync("emptied", new Uri("http://mcp.example.test/mcp"));
        var before = await puppet.LeaseAsync();
        await puppet.SayAsync(before, ServerState.Live);
        await ArchivedMinutes.WaitAsync(install, count: 1);

        await install.Storage.Redis.Database.ExecuteAsync("FLUSHALL");
        await puppet.AskAsync();
        var after = await puppet.LeaseAsync();
        while (after.Minute == before.Minute)
        {
            // Redis no longer knows that this minute was sealed and may ask again. The archive knows, and keeps its answer.
            await puppet.SayAsync(after, ServerState.Down, Why.ConnectionRefused);
            after = await puppet.LeaseAsync();
        }

        await puppet.SayAsync(after, ServerState.Live);
        var archived = await ArchivedMinutes.WaitAsync(install, count: 2);

        Assert.Equal([before.Minute.Value, after.Minute.Value], archived.Select(row => row.Minute));
        Assert.All(archived, row => Assert.Equal((int)ServerState.Live, row.State));
        await install.EmbedSaysAsync("emptied", "live");
    }
}
