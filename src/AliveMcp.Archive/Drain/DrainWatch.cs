using System.Collections.Concurrent;
using AliveMcp.Archive.Hours;
using AliveMcp.Vocabulary.Handover;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Archive.Drain;

/// <summary>
/// Watches how the drain keeps up and tells the operator once when it does not, when Redis was lost, and what was set aside. When a minute
/// was sealed is written nowhere: it counts from when we first saw its shard waiting, or from its deadline if that was before.
/// </summary>
internal sealed partial class DrainWatch : IDisposable
{
    /// <summary>Promised from seal to archive.</summary>
    public static readonly TimeSpan Promised = TimeSpan.FromSeconds(180);

    /// <summary>One loss shows shard by shard, as each seals its first minute afterwards: within an hour, and in no shard twice.</summary>
    private static readonly TimeSpan OneLoss = TimeSpan.FromHours(1);

    private readonly TimeProvider _clock;
    private readonly ILogger<DrainWatch> _log;
    private readonly ConcurrentDictionary<Shard, DateTimeOffset> _waiting = new();
    private readonly DrainMeters _meters;
    private readonly HashSet<Shard> _lost = [];
    private readonly Lock _telling = new();
    private DateTimeOffset _lossBegan = DateTimeOffset.MinValue;
    private bool _isLate;

    public DrainWatch(TimeProvider clock, ILogger<DrainWatch> log)
    {
        (_clock, _log) = (clock, log);
        _meters = new DrainMeters(() => Behind);
    }

    /// <summary>How long the oldest sealed minute has waited; zero when none waits.</summary>
    public TimeSpan Behind
    {
        get
        {
            var since = _waiting.Values.Append(DateTimeOffset.MaxValue).Min();
            var now = _clock.GetUtcNow();
            return since < now ? now - since : TimeSpan.Zero;
        }
    }

    /// <summary>Something waits in this shard's log.</summary>
    public void Waits(Shard shard) => _waiting.TryAdd(shard, _clock.GetUtcNow());

    /// <summary>This is the oldest that waits there.</summary>
    public void Waits(Shard shard, SealedMinute oldest)
    {
        Waits(shard);
        if (SealedAtLatest(oldest) is { } deadline)
        {
            _waiting.AddOrUpdate(shard, deadline, (_, since) => since < deadline ? since : deadline);
        }
    }

    /// <summary>Nothing waits there any more.</summary>
    public void IsEmpty(Shard shard) => _waiting.TryRemove(shard, out _);

    /// <summary>These, which were the oldest, are archived now.</summary>
    public void Kept(Shard shard, IReadOnlyList<SealedMinute> minutes, bool mayBeMore)
    {
        var now = _clock.GetUtcNow();
        if (_waiting.TryRemove(shard, out var since))
        {
            _meters.Lag(now - since);
        }

        if (mayBeMore)
        {
            Waits(shard, minutes[^1]);
        }
    }

    public void Tell(KeptBatch batch)
    {
        _meters.Count(batch);
        foreach (var poisoned in batch.Poisoned)
        {
            LogPoisoned(poisoned.Minute.Member, poisoned.Reason);
        }
    }

    /// <summary>The logs of these shards began anew.</summary>
    public void TellLost(IReadOnlyCollection<Shard> shards)
    {
        if (shards.Count == 0)
        {
            return;
        }

        _meters.CountLost(shards.Count);
        lock (_telling)
        {
            var now = _clock.GetUtcNow();
            if (now - _lossBegan > OneLoss || _lost.Overlaps(shards))
            {
                _lost.Clear();
                _lossBegan = now;
                LogLost();
            }

            _lost.UnionWith(shards);
        }
    }

    /// <summary>Says once when the archive falls behind what is promised, and once when it has caught up.</summary>
    public void Look()
    {
        var behind = Behind;
        if (!_isLate && behind > Promised)
        {
            _isLate = true;
            LogLate((long)behind.TotalSeconds, (long)Promised.TotalSeconds);
        }
        else if (_isLate && behind <= Promised)
        {
            _isLate = false;
            LogCaughtUp();
        }
    }

    public void Dispose() => _meters.Dispose();

    private static DateTimeOffset? SealedAtLatest(SealedMinute minute) =>
        minute.Named is { } named ? named.Minute.Start + HourClock.SealedAfter : null;

    [LoggerMessage(LogLevel.Error, "Sealed minute {Member} is set aside: {Reason}")]
    private partial void LogPoisoned(string member, string reason);

    [LoggerMessage(
        LogLevel.Warning,
        "Redis was lost or emptied: minutes that were open or not archived yet are unknown and stay so; pages say not verified"
    )]
    private partial void LogLost();

    [LoggerMessage(
        LogLevel.Warning,
        "The archive is {Behind} s behind; {Promised} s are promised. Sealed minutes wait in Redis for a day"
    )]
    private partial void LogLate(long behind, long promised);

    [LoggerMessage(LogLevel.Information, "The archive has caught up")]
    private partial void LogCaughtUp();
}
