using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Tests.Retention;

public sealed class MinuteRetentionTests : IAsyncLifetime
{
    private readonly TestClock _clock = Times.Clock();
    private readonly ServerKey _server = Verdicts.Local(1);
    private TestStorage _storage = null!;
    private Archiver _archiver = null!;

    private static int Today => Times.NoonMinute.Value / 1440;

    public async ValueTask InitializeAsync()
    {
        _storage = await TestStorage.CreateAsync();
        _archiver = new Archiver(_storage, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        _archiver.Dispose();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task Today_and_tomorrow_have_their_partitions_before_they_are_needed()
    {
        await TurnAsync();

        Assert.Equal($"{Today} {Today + 1}", await DaysAsync());
    }

    [Fact]
    public async Task A_day_goes_48_hours_after_its_end_and_its_hours_stay()
    {
        await _archiver.KeepAsync(Verdicts.Live(_server, Times.NoonMinute));
        _clock.Advance(new MinuteStamp((Today + 3) * 1440).Start - TimeSpan.FromSeconds(1) - _clock.GetUtcNow());
        await _archiver.PackAsync();
        Assert.Equal(0, await TurnAsync());

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await TurnAsync());

        Assert.Equal(0, await _archiver.RowsAsync(_server));
        Assert.Equal(1, await _archiver.AskAsync<int>("SELECT minutes FROM archive.verdict_hour WHERE server_id = 1"));
    }

    [Fact]
    public async Task A_day_of_which_a_minute_is_set_aside_stays_as_long_as_that_may_still_come_back()
    {
        await _archiver.KeepAsync(Verdicts.Live(_server, Times.NoonMinute));
        await _archiver.AskAsync<int>(
            """
            INSERT INTO archive.set_aside (source, member, member_hash, server_id, reason, packed, come_back_at)
            VALUES ('log', @member, sha256(convert_to(@member, 'UTF8')), 1, 'a test', '', 'infinity')
            """,
            new { member = $"1:{Times.NoonMinute.Value + 1}" }
        );
        _clock.Advance(TimeSpan.FromDays(4));
        await _archiver.PackAsync();

        Assert.Equal(0, await TurnAsync());
        Assert.Equal(1, await _archiver.RowsAsync(_server));

        _clock.Advance(TimeSpan.FromDays(4));
        Assert.Equal(1, await TurnAsync());
    }

    [Fact]
    public async Task A_day_whose_hours_are_not_packed_stays()
    {
        await _archiver.KeepAsync(Verdicts.Live(_server, Times.NoonMinute));
        _clock.Advance(TimeSpan.FromDays(4));

        Assert.Equal(0, await TurnAsync());
        Assert.Equal(1, await _archiver.RowsAsync(_server));

        await _archiver.PackAsync();
        Assert.Equal(1, await TurnAsync());
    }

    [Fact]
    public async Task A_day_of_which_an_hour_lacks_a_minute_stays_until_the_hour_has_it()
    {
        await _archiver.KeepAsync(
            Verdicts.Live(_server, Times.NoonMinute),
            Verdicts.Live(_server, Times.NoonMinute + 1)
        );
        _clock.Advance(TimeSpan.FromDays(4));
        await _archiver.PackAsync();
        await _archiver.AskAsync<int>("UPDATE archive.verdict_hour SET minutes = 1 WHERE server_id = 1");

        Assert.Equal(0, await TurnAsync());

        await _archiver.PackAsync();
        Assert.Equal(1, await TurnAsync());
        Assert.Equal(2, await _archiver.AskAsync<int>("SELECT minutes FROM archive.verdict_hour WHERE server_id = 1"));
    }

    private Task<int> TurnAsync() => _archiver.Retention.TurnAsync(TestContext.Current.CancellationToken);

    private async Task<string?> DaysAsync() =>
        await _archiver.AskAsync<string>(
            "SELECT string_agg(day::text, ' ' ORDER BY day) FROM archive.minute_days() AS day"
        );
}
