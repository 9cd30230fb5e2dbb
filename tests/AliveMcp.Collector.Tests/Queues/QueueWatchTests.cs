using System.Diagnostics.Metrics;
using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Queues;
using AliveMcp.Collector.Schedule;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Collector.Tests.Queues;

public sealed class QueueWatchTests(DeskHouse house) : IClassFixture<DeskHouse>
{
    [Fact]
    public async Task Depth_and_age_are_shown_by_region_and_lane()
    {
        await QueueAsync(Sample.East, Lane.Isolated, -30, -3, 40);
        using var meter = new CollectorMeter();
        using var watch = Watch(meter);

        await watch.LookAsync(default);

        var shown = Shown(meter);
        Assert.Equal(3, shown["alivemcp.queue.depth us-east isolated"]);
        Assert.Equal(2, shown["alivemcp.queue.due us-east isolated"]);
        Assert.InRange(shown["alivemcp.queue.oldest us-east isolated"], 29, 90);
        Assert.Equal(0, shown["alivemcp.queue.backs_up us-east isolated"]);
        Assert.Equal(0, shown["alivemcp.queue.depth us-east now"]);
    }

    [Fact]
    public async Task A_queue_that_backs_up_is_told_and_nobody_becomes_unready()
    {
        using var meter = new CollectorMeter();
        using var watch = Watch(meter);
        for (var look = 0; look < 14; look++)
        {
            await QueueAsync(Sample.West, Lane.Shared, [.. Enumerable.Range(1, 20).Select(second => -second)]);
            await watch.LookAsync(default);
        }

        var health = await new QueueCheck(watch).CheckHealthAsync(new HealthCheckContext());

        Assert.Equal(1, Shown(meter)["alivemcp.queue.backs_up eu-west shared"]);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Equal("Probers fall behind: eu-west shared.", health.Description);
    }

    private QueueWatch Watch(CollectorMeter meter) =>
        new(
            new QueueReader(house.Storage.Redis, house.Storage.Clock, house.Get<LiveRegions>()),
            meter,
            TimeProvider.System,
            NullLogger<QueueWatch>.Instance
        );

    private async Task QueueAsync(Region region, Lane lane, params int[] seconds)
    {
        await house.Get<LiveRegions>().NoteAsync(region, DeskHouse.Prober);
        var now = await house.Storage.Clock.NowAsync();
        var tickets = seconds.Select(second => new QueuedTicket(
            Sample.NextServer().Server,
            MinuteStamp.Of(now),
            now.AddSeconds(second)
        ));
        await new QueueScript(house.Storage.Redis).RunAsync(region, lane, 10_000, [.. tickets]);
    }

    private static Dictionary<string, long> Shown(CollectorMeter meter)
    {
        var shown = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (meter.Owns(instrument))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => shown[$"{instrument.Name} {tags[0].Value} {tags[1].Value}"] = value
        );
        listener.Start();
        listener.RecordObservableInstruments();
        return shown;
    }
}
