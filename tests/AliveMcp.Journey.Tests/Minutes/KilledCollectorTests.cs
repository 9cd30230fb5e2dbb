using AliveMcp.Journey.Tests.Install;
using AliveMcp.Vocabulary;

namespace AliveMcp.Journey.Tests.Minutes;

/// <summary>A collector dies with a minute half told.</summary>
public sealed class KilledCollectorTests
{
    [Fact]
    public async Task A_collector_killed_between_record_and_seal_leaves_a_minute_that_another_seals_the_same()
    {
        await using var install = await TestInstall.CreateAsync("eu-west", "us-east");
        await install.StartAsync("web,scheduler,archiver");
        var first = await install.StartAsync("collector");
        var (one, other) = (install.Puppet("eu-west", first), install.Puppet("us-east", first));
        await Task.WhenAll(one.AskAsync(), other.AskAsync());
        await install.WatchAsync("orphaned", new Uri("http://mcp.example.test/mcp"));

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
}
