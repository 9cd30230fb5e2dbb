using AliveMcp.Storage.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace AliveMcp.Archive;

/// <summary>
/// Whether our clock is that of the path. Minutes are kept by whatever clock; but hours are not closed and days not dropped by one that is
/// wrong, because neither can be undone.
/// </summary>
public sealed partial class ClockAgreement(RedisClock redis, TimeProvider clock, ILogger<ClockAgreement> log)
{
    /// <summary>As readiness allows.</summary>
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private bool _isTold;

    /// <summary>Asks the path's clock; says once when the two have parted, and once when they agree again. False, too, when it cannot be asked.</summary>
    public async Task<bool> HoldsAsync()
    {
        var before = clock.GetUtcNow();
        DateTimeOffset theirs;
        try
        {
            theirs = await redis.NowAsync().WaitAsync(Patience, clock);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            // Nobody can say: what cannot be undone waits.
            return false;
        }

        var apart = theirs < before ? before - theirs : theirs - clock.GetUtcNow();
        if (apart > Allowed && !_isTold)
        {
            LogParted((long)apart.TotalSeconds);
        }
        else if (apart <= Allowed && _isTold)
        {
            LogAgreed();
        }

        _isTold = apart > Allowed;
        return !_isTold;
    }

    [LoggerMessage(
        LogLevel.Error,
        "This machine's clock and that of Redis are {Apart} s apart: no hour is closed and no day dropped until they agree"
    )]
    private partial void LogParted(long apart);

    [LoggerMessage(LogLevel.Information, "This machine's clock and that of Redis agree again")]
    private partial void LogAgreed();
}
