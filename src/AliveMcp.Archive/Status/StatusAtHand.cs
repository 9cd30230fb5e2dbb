using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Status;

/// <summary>The status of servers while the archive cannot be read: sealing goes on without it, and the newest verdicts are at hand in Redis.</summary>
public sealed class StatusAtHand(RedisDoor redis, TimeProvider clock)
{
    private readonly HotReader _hot = new(redis, clock);

    /// <summary>The verdicts of now, with the figures that <see cref="StatusQueries"/> told last.</summary>
    /// <param name="last">What was told last, by server.</param>
    /// <returns>The servers whose verdicts are at hand; none when Redis is away or was emptied.</returns>
    public async Task<IReadOnlyDictionary<ServerKey, ServerStatus>> GetManyAsync(
        IReadOnlyDictionary<ServerKey, ServerStatus> last
    )
    {
        ArgumentNullException.ThrowIfNull(last);
        var now = clock.GetUtcNow();
        var hot = await _hot.ReadAsync([.. last.Keys]);
        return last.Select(told => (told.Key, Status: ServerStatus.Onward(told.Value, hot[told.Key], now)))
            .Where(told => told.Status is not null)
            .ToDictionary(told => told.Key, told => told.Status!);
    }
}
