using AliveMcp.Storage.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace AliveMcp.StatusPages.Kept;

/// <summary>
/// The page cache in Redis: what was last told of each public server that somebody asked for. It is read only by a process that began while
/// the archive was away. A Redis that is away keeps nothing and gives nothing, never an error.
/// </summary>
internal sealed partial class KeptPages(RedisDoor redis, TimeProvider clock, ILogger<KeptPages> log)
{
    /// <summary>Some kilobytes each. Beyond it no further server is kept.</summary>
    private const int MostPages = 50_000;

    private const string StandingField = "s";
    private const string FactsField = "f";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public Task KeepAsync(KeptStanding standing) =>
        KeepAsync(standing.Listing.PublicSlug, StandingField, KeptCodec.Pack(standing));

    public Task KeepAsync(string publicSlug, KeptFacts facts) =>
        KeepAsync(publicSlug, FactsField, KeptCodec.Pack(facts));

    public Task KeepAsync(KeptOverview overview) =>
        TryAsync<object>(async database =>
        {
            await database.StringSetAsync(KeptKeys.Overview, KeptCodec.Pack(overview), Lifetime);
            return null;
        });

    public Task<KeptStanding?> StandingAsync(string publicSlug) => FindAsync<KeptStanding>(publicSlug, StandingField);

    public Task<KeptFacts?> FactsAsync(string publicSlug) => FindAsync<KeptFacts>(publicSlug, FactsField);

    public Task<KeptOverview?> OverviewAsync() =>
        TryAsync(async database => KeptCodec.Unpack<KeptOverview>(await database.StringGetAsync(KeptKeys.Overview)));

    /// <summary>Forgets what is kept of servers that are no longer public: after a sweep nobody can be shown them, whatever goes away.</summary>
    public Task ForgetAllButAsync(IReadOnlySet<string> publicSlugs) =>
        TryAsync<object>(async database =>
        {
            foreach (var member in await database.SetMembersAsync(KeptKeys.Slugs))
            {
                var slug = (string)member!;
                if (publicSlugs.Contains(slug))
                {
                    continue;
                }

                // Behind the name once more: somebody may have kept it in between, who did not know yet.
                await database.KeyDeleteAsync(KeptKeys.Page(slug));
                await database.SetRemoveAsync(KeptKeys.Slugs, member);
                await database.KeyDeleteAsync(KeptKeys.Page(slug));
            }

            return null;
        });

    /// <summary>Likewise of what <c>/</c> shows.</summary>
    /// <returns>False when Redis is away: it is as it was.</returns>
    public async Task<bool> ForgetRowsAsync(IReadOnlySet<string> publicSlugs) =>
        await TryAsync<object>(async database =>
        {
            var kept = KeptCodec.Unpack<KeptOverview>(await database.StringGetAsync(KeptKeys.Overview));
            var rows = kept?.Rows.Where(row => publicSlugs.Contains(row.Server.PublicSlug)).ToList();
            if (kept is not null && rows!.Count < kept.Rows.Count)
            {
                await database.StringSetAsync(KeptKeys.Overview, KeptCodec.Pack(kept with { Rows = rows }), Lifetime);
            }

            return KeptKeys.Overview;
        })
            is not null;

    private Task KeepAsync(string publicSlug, string field, byte[] packed) =>
        TryAsync<object>(async database =>
        {
            // The name first: what is kept without one would never be forgotten before its time.
            var isNew = await database.SetAddAsync(KeptKeys.Slugs, publicSlug);
            if (isNew && await database.SetLengthAsync(KeptKeys.Slugs) > MostPages)
            {
                await database.SetRemoveAsync(KeptKeys.Slugs, publicSlug);
                return null;
            }

            var key = KeptKeys.Page(publicSlug);
            await database.HashSetAsync(key, field, packed);
            await database.KeyExpireAsync(key, Lifetime);
            // And behind it, should a sweep have taken the name away in between.
            await database.SetAddAsync(KeptKeys.Slugs, publicSlug);
            return null;
        });

    private Task<T?> FindAsync<T>(string publicSlug, string field)
        where T : class =>
        TryAsync(async database => KeptCodec.Unpack<T>(await database.HashGetAsync(KeptKeys.Page(publicSlug), field)));

    private async Task<T?> TryAsync<T>(Func<IDatabase, Task<T?>> act)
        where T : class
    {
        try
        {
            return redis.IsConnected ? await act(redis.Database).WaitAsync(Patience, clock) : null;
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            NothingKept(log, fault);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Debug, "The page cache could not be reached.")]
    private static partial void NothingKept(ILogger log, Exception fault);
}
