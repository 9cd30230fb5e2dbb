using AliveMcp.Journey.Tests.Install;
using AliveMcp.Vocabulary;

namespace AliveMcp.Journey.Tests.Minutes;

/// <summary>A region that never says a word, and one that speaks too late.</summary>
public sealed class SilentRegionTests
{
    [Fact]
    public async Task A_silent_region_delays_the_verdict_to_the_deadline_and_its_late_result_changes_nothing()
    {
        await using var install = await TestInstall.CreateAsync("eu-west", "us-east");
        var host = await install.StartAsync("all");
        var (speaking, silent) = (install.Puppet("eu-west", host), install.Puppet("us-east", host));
        await Task.WhenAll(speaking.AskAsync(), silent.AskAsync());
        await install.WatchAsync("half-heard", new Uri("http://mcp.example.test/mcp"));

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
}
