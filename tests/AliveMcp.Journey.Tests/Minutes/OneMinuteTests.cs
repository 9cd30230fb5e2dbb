using System.Text.Json;
using AliveMcp.Journey.Tests.Install;
using AliveMcp.Journey.Tests.Witness;
using AliveMcp.Testing.Time;

namespace AliveMcp.Journey.Tests.Minutes;

public sealed class OneMinuteTests
{
    [Fact]
    public async Task One_minute_of_one_real_server_reaches_the_archive_the_json_the_badge_and_the_page()
    {
        await using var everything = await RealServer.StartAsync(
            RealServerRecipe.All["everything"],
            TestContext.Current.CancellationToken
        );
        await using var install = await TestInstall.CreateAsync("eu-west");
        await install.WatchAsync("everything", everything.Url);
        var host = await install.StartAsync("all");
        install.StartProber("eu-west", host, everything.Url);

        await install.EmbedSaysAsync("everything", "live");
        var archived = await ArchivedMinutes.WaitAsync(install, count: 1);

        // The state is at hand at once; the uptime follows when the minute is archived and the answer made anew.
        var json = await Eventually.GetAsync(
            () => install.EmbedAsync("everything"),
            answer => answer.GetProperty("uptime_30d").ValueKind == JsonValueKind.Number,
            TestInstall.Patience
        );
        var badge = await install.TextAsync("/badge/everything.svg");
        var page = await install.TextAsync("/status/everything");

        Assert.Equal("live", json.GetProperty("status").GetString());
        Assert.Equal(100m, json.GetProperty("uptime_30d").GetDecimal());
        Assert.All(archived, minute => Assert.Equal(1, minute.State));
        Assert.Contains("live", badge, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("data-state=\"live\"", page, StringComparison.Ordinal);
    }
}
