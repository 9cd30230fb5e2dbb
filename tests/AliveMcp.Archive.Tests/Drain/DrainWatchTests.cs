using System.Diagnostics.Metrics;
using AliveMcp.Archive.Drain;
using AliveMcp.Testing.Minutes;
using AliveMcp.Vocabulary.Handover;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Archive.Tests.Drain;

public sealed class DrainWatchTests : IDisposable
{
    private static readonly Shard One = Shard.Of(1);
    private static readonly Shard Other = Shard.Of(2);
    private readonly Testing.Time.TestClock _clock = Times.Clock();
    private readonly Told _told = new();
    private readonly DrainWatch _watch;

    public DrainWatchTests() => _watch = new DrainWatch(_clock, _told);

    public void Dispose() => _watch.Dispose();

    [Fact]
    public void Nothing_waits_at_first_and_nothing_once_all_is_archived()
    {
        Assert.Equal(TimeSpan.Zero, _watch.Behind);

        _watch.Waits(One);
        _clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(7), _watch.Behind);

        _watch.Kept(One, [Sealed(0)], mayBeMore: false);
        Assert.Equal(TimeSpan.Zero, _watch.Behind);
    }

    [Fact]
    public void The_shard_that_waited_longest_counts()
    {
        _watch.Waits(One);
        _clock.Advance(TimeSpan.FromSeconds(10));
        _watch.Waits(Other);
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(15), _watch.Behind);

        _watch.IsEmpty(One);
        Assert.Equal(TimeSpan.FromSeconds(5), _watch.Behind);
    }

    [Fact]
    public void After_a_restart_a_minute_has_waited_since_it_had_to_be_sealed()
    {
        _watch.Waits(One, Sealed(-60));

        // 12:30:40 less 11:30:00 and 95 s.
        Assert.Equal(TimeSpan.FromSeconds(3_640 - 95), _watch.Behind);
    }

    [Fact]
    public void The_lag_is_measured_from_where_a_minute_began_to_wait()
    {
        var lags = new List<double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Name == "alivemcp.archive.lag")
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, lag, _, _) => lags.Add(lag));
        listener.Start();
        using var watch = new DrainWatch(_clock, _told);

        watch.Waits(One);
        _clock.Advance(TimeSpan.FromSeconds(2));
        watch.Kept(One, [Sealed(0)], mayBeMore: false);

        // Archivers of other tests in this process tell theirs, too.
        Assert.Contains(2, lags);
    }

    [Fact]
    public async Task An_archive_that_is_late_is_told_once_and_its_archiver_stays_ready()
    {
        _watch.Waits(One);
        _clock.Advance(DrainWatch.Promised);
        _watch.Look();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);

        _clock.Advance(TimeSpan.FromSeconds(20));
        _watch.Look();
        _watch.Look();
        var late = await CheckAsync();
        _watch.IsEmpty(One);
        _watch.Look();

        Assert.Equal(HealthStatus.Degraded, late.Status);
        Assert.Equal("The archive is 200 s behind; 180 s are promised.", late.Description);
        Assert.Equal(
            [
                "The archive is 200 s behind; 180 s are promised. Sealed minutes wait in Redis for a day",
                "The archive has caught up",
            ],
            _told.Lines
        );
    }

    [Fact]
    public void A_lost_redis_is_told_once_however_its_shards_show_it()
    {
        _watch.TellLost([]);
        _watch.TellLost([One]);
        _clock.Advance(TimeSpan.FromMinutes(40));
        _watch.TellLost([Other]);

        Assert.Single(_told.Lines);
        Assert.StartsWith("Redis was lost or emptied", _told.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_that_shows_it_twice_was_lost_twice()
    {
        _watch.TellLost([One, Other]);
        _watch.TellLost([Other]);

        Assert.Equal(2, _told.Lines.Count);
    }

    private Task<HealthCheckResult> CheckAsync() => new LagCheck(_watch).CheckHealthAsync(new HealthCheckContext());

    private static SealedMinute Sealed(int offset) =>
        Archiver.Sealed(Verdicts.Live(Verdicts.Local(1), Times.NoonMinute + offset));

    private sealed class Told : ILogger<DrainWatch>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Add(formatter(state, exception));
    }
}
