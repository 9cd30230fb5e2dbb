using AliveMcp.Collector.ContractVersions;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Drift;

/// <summary>
/// Doubts servers whose words or conditions changed: sealed minutes tell of neither. Begins with everything after a start, and looks a while
/// back each time, since what is written later may carry an earlier time; a doubt too many costs a look and nothing else.
/// </summary>
internal sealed class MemoryWatch(PostgresDoors doors, ContractSightings sightings)
{
    private const int Page = 2_000;
    private static readonly TimeSpan LooksBack = TimeSpan.FromSeconds(30);
    private DateTimeOffset _since = DateTimeOffset.UnixEpoch;

    /// <summary>One look; returns how many memories had changed.</summary>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        var (since, after, count) = (_since, default(ServerId), 0);
        while (true)
        {
            var changed = await sightings.ChangedSinceAsync(since, after, Page, cancellationToken);
            await DoubtAsync(changed, cancellationToken);
            count += changed.Count;
            if (changed.Count > 0)
            {
                (since, after) = (changed[^1].ChangedAt, changed[^1].Server.Server);
            }

            if (changed.Count < Page)
            {
                _since = since > DateTimeOffset.UnixEpoch ? since - LooksBack : since;
                return count;
            }
        }
    }

    private async Task DoubtAsync(IReadOnlyList<ShownContract> changed, CancellationToken cancellationToken)
    {
        if (changed.Count == 0)
        {
            return;
        }

        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        await DoubtTable.AddAsync(connection, changed, cancellationToken);
    }
}
