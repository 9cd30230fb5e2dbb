using System.Collections.Concurrent;
using AliveMcp.Drills.Install;
using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using Dapper;
using Npgsql;

namespace AliveMcp.Drills.Archive;

/// <summary>Stands for the collectors: seals minutes into the log, and remembers every one to hold the archive against it.</summary>
internal sealed class SealedLedger(TestStorage storage)
{
    private readonly ConcurrentDictionary<(int Server, int Minute), byte[]> _sealed = new();
    private readonly SealedLog _log = new(storage.Redis);

    /// <summary>Early in the day before yesterday, UTC: its hours and the day itself are closed, its minutes still hot.</summary>
    public static MinuteStamp LongAgo() =>
        new((((MinuteStamp.Of(TimeProvider.System.GetUtcNow()).Value / 1440) - 2) * 1440) + 5);

    /// <summary>A minute of servers 1 to so many; every 50th is down.</summary>
    public Task SealAsync(int servers, MinuteStamp minute) =>
        Task.WhenAll(Enumerable.Range(1, servers).Select(server => SealAsync(Verdict(server, minute))));

    /// <summary>What the collector left behind is gone from Redis for good and was never archived.</summary>
    public void Forget(MinuteStamp minute)
    {
        foreach (var key in _sealed.Keys.Where(key => key.Minute == minute.Value).ToList())
        {
            _sealed.TryRemove(key, out _);
        }
    }

    /// <summary>Holds every archived minute against what was sealed.</summary>
    public async Task<Account> AccountAsync()
    {
        await using var connection = new NpgsqlConnection(storage.Options.Bootstrap.ConnectionString);
        var rows = (
            await connection.QueryAsync<(int Server, int Minute, byte[] Packed)>(
                "SELECT server_id, minute, packed FROM archive.verdict_minute"
            )
        ).AsList();
        var strange = rows.Count(row => !_sealed.ContainsKey((row.Server, row.Minute)));
        var changed = rows.Count(row =>
            _sealed.TryGetValue((row.Server, row.Minute), out var packed) && !packed.AsSpan().SequenceEqual(row.Packed)
        );
        var doubled = rows.Count - rows.DistinctBy(row => (row.Server, row.Minute)).Count();
        return new Account(_sealed.Count, rows.Count - strange, doubled, changed, strange);
    }

    /// <summary>Waits until all that was sealed is archived.</summary>
    public Task ArriveAsync(TimeSpan atMost) =>
        Waiting.ForAsync(
            async () => (await AccountAsync()).Missing == 0,
            atMost,
            $"{_sealed.Count} sealed minutes to arrive"
        );

    /// <summary>How many hours and days are packed, and how many of them hold another number of minutes than were sealed.</summary>
    public async Task<(int Hours, int Days, int Wrong)> PackedAsync()
    {
        await using var connection = new NpgsqlConnection(storage.Options.Bootstrap.ConnectionString);
        var hours = (
            await connection.QueryAsync<(int Server, int Hour, int Minutes)>(
                "SELECT server_id, hour, minutes::int FROM archive.verdict_hour"
            )
        ).AsList();
        var days = (
            await connection.QueryAsync<(int Server, int Day, int Weight)>(
                "SELECT server_id, day, live + degraded + down + unknown + maintenance FROM archive.verdict_day"
            )
        ).AsList();
        var byHour = Sums(key => key.Minute / 60);
        var byDay = Sums(key => key.Minute / 1440);
        var wrong =
            hours.Count(row => byHour.GetValueOrDefault((row.Server, row.Hour)) != row.Minutes)
            + days.Count(row => byDay.GetValueOrDefault((row.Server, row.Day)) != row.Weight);
        return (hours.Count, days.Count, wrong);
    }

    /// <summary>Nothing waits to be packed any more.</summary>
    public Task PackAsync(TimeSpan atMost) =>
        Waiting.ForAsync(
            async () =>
            {
                await using var connection = new NpgsqlConnection(storage.Options.Bootstrap.ConnectionString);
                return await connection.ExecuteScalarAsync<bool>(
                    "SELECT NOT EXISTS (SELECT FROM archive.dirty_hour) AND NOT EXISTS (SELECT FROM archive.dirty_day WHERE day <= (SELECT packed_day FROM archive.progress))"
                );
            },
            atMost,
            "every hour and day to be packed"
        );

    private Dictionary<(int Server, int Bucket), int> Sums(Func<(int Server, int Minute), int> bucket) =>
        _sealed.Keys.GroupBy(key => (key.Server, bucket(key))).ToDictionary(group => group.Key, group => group.Count());

    private Task SealAsync(VerdictMinute verdict)
    {
        var packed = VerdictCodec.Pack(verdict);
        _sealed[(verdict.Server.Server.Value, verdict.Minute.Value)] = packed;
        return _log.AppendAsync(verdict.Server.Server, verdict.Minute, packed);
    }

    private static VerdictMinute Verdict(int server, MinuteStamp minute) =>
        (server + minute.Value) % 50 == 0
            ? Verdicts.Down(Verdicts.Local(server), minute)
            : Verdicts.Live(Verdicts.Local(server), minute, latencyMs: 20 + (server % 100));
}

/// <summary>The archive against the ledger.</summary>
/// <param name="Sealed">Minutes that were sealed.</param>
/// <param name="Archived">Of these, in the archive.</param>
/// <param name="Doubled">Twice there.</param>
/// <param name="Changed">There with other bytes.</param>
/// <param name="Strange">There without having been sealed.</param>
internal sealed record Account(int Sealed, int Archived, int Doubled, int Changed, int Strange)
{
    public int Missing => Sealed - Archived;

    public bool IsWhole => this is { Missing: 0, Doubled: 0, Changed: 0, Strange: 0 };

    public override string ToString() =>
        $"{Sealed} minutes sealed, {Archived} archived, {Missing} not, {Doubled} twice, {Changed} changed, {Strange} never sealed";
}
