using AliveMcp.StatusPages.Standings;
using AliveMcp.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.StatusPages.Tests.Standings;

public sealed class RefreshedTests
{
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 11, 21, 14, 30, 0, TimeSpan.Zero));
    private TaskCompletionSource<string> _next = new();
    private int _asked;

    [Fact]
    public async Task A_thousand_readers_at_once_ask_once()
    {
        var refreshed = Make();
        var readers = Enumerable.Range(0, 1000).Select(_ => refreshed.ReadAsync(default).AsTask()).ToList();
        _next.SetResult("first");

        Assert.All(await Task.WhenAll(readers), reading => Assert.Equal("first", reading.Value));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task A_fresh_value_is_given_without_asking()
    {
        var refreshed = await MakeWithAsync("first");
        _clock.Advance(TimeSpan.FromMilliseconds(900));

        Assert.Equal("first", (await refreshed.ReadAsync(default)).Value);
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task A_busy_value_is_refreshed_behind_its_readers_backs()
    {
        var refreshed = await MakeWithAsync("first");
        _next = new();
        _clock.Advance(TimeSpan.FromSeconds(2));

        var reading = refreshed.ReadAsync(default);

        Assert.True(reading.IsCompleted);
        Assert.Equal("first", (await reading).Value);
        _next.SetResult("second");
        var last = await Eventually.GetAsync(
            () => Task.FromResult(refreshed.Last()),
            found => found.Value == "second",
            TimeSpan.FromSeconds(20)
        );
        Assert.Equal(_clock.GetUtcNow(), last.RefreshedAt);
    }

    [Fact]
    public async Task A_forgotten_value_is_waited_for()
    {
        var refreshed = await MakeWithAsync("first");
        _next = new();
        _clock.Advance(TimeSpan.FromMinutes(10));

        var reading = refreshed.ReadAsync(default).AsTask();
        Assert.False(reading.IsCompleted);
        _next.SetResult("second");

        Assert.Equal("second", (await reading).Value);
    }

    [Fact]
    public async Task Readers_are_patient_for_two_seconds_and_then_take_what_there_was()
    {
        var refreshed = await MakeWithAsync("first");
        _next = new();
        _clock.Advance(TimeSpan.FromMinutes(10));

        var reading = refreshed.ReadAsync(default).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(2.1));

        Assert.Equal("first", (await reading).Value);
    }

    [Fact]
    public async Task A_failing_value_is_given_as_it_last_was_and_keeps_its_age()
    {
        var refreshed = await MakeWithAsync("first");
        var refreshedAt = _clock.GetUtcNow();
        _next = new();
        _next.SetException(new InvalidOperationException("away"));
        _clock.Advance(TimeSpan.FromMinutes(10));

        var reading = await refreshed.ReadAsync(default);

        Assert.Equal(("first", refreshedAt), (reading.Value, reading.RefreshedAt));
    }

    [Fact]
    public async Task Nothing_is_given_when_nothing_was_ever_known()
    {
        _next.SetException(new InvalidOperationException("away"));

        Assert.Null((await Make().ReadAsync(default)).Value);
    }

    private async Task<Refreshed<string>> MakeWithAsync(string value)
    {
        var refreshed = Make();
        _next.SetResult(value);
        await refreshed.ReadAsync(default);
        return refreshed;
    }

    private Refreshed<string> Make() =>
        new(
            (_, _) =>
            {
                Interlocked.Increment(ref _asked);
                return _next.Task;
            },
            new StatusPagesOptions(),
            _clock,
            NullLogger.Instance
        );
}
