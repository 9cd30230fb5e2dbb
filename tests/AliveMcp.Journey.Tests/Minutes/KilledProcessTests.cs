using AliveMcp.Journey.Tests.Install;

namespace AliveMcp.Journey.Tests.Minutes;

/// <summary>kill -9 of any process of an install: what is archived stays, once, and the minutes go on.</summary>
public sealed class KilledProcessTests
{
    private const int DemoServers = 7;

    [Fact]
    public async Task Whatever_dies_nothing_archived_is_lost_or_doubled_and_nobody_is_left_behind()
    {
        await using var install = new EmbeddedInstall();
        await install.StartAsync();
        var before = await install.ArchivedAfterAsync(minute: 0, DemoServers);

        foreach (var name in (string[])["prober-local", "redis", "postgres", "demo"])
        {
            await install.ComesBackAsync(name, await install.KillAsync(name));
        }

        var between = await install.ArchivedAfterAsync(before[^1].Minute, DemoServers);
        Assert.Equal(before, between.Take(before.Count));

        await install.KillAsync("host");
        foreach (var name in (string[])["prober-local", "redis", "postgres", "demo"])
        {
            await install.GoneAsync(name);
        }

        await install.StartAsync();
        var after = await install.ArchivedAfterAsync(between[^1].Minute, DemoServers);

        Assert.Equal(between, after.Where(row => row.Minute <= between[^1].Minute).Take(between.Count));
        Assert.Equal(after.Count, after.DistinctBy(row => (row.Server, row.Minute)).Count());
    }
}
