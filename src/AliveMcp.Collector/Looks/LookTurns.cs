using AliveMcp.Collector.Memory;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Looks;

/// <summary>Whether somebody may have a server looked at now: a server is no toy, and nobody takes everybody's probers.</summary>
internal sealed class LookTurns(RedisDoor redis, RedisClock clock, TurnScript turn)
{
    /// <summary>Looks of one tenant that begin within <see cref="TenantSpan"/>.</summary>
    public const int PerTenant = 20;

    private static readonly TimeSpan TenantSpan = TimeSpan.FromMinutes(1);

    /// <summary>From one look at a server to the next.</summary>
    private static readonly TimeSpan ServerSpan = TimeSpan.FromSeconds(10);

    /// <returns>Null when it may be; this counts as a look then.</returns>
    public async Task<Problem?> TakeAsync(ServerKey server, string slug)
    {
        var until = await BackoffNote.ReadAsync(redis.Database, server.Server);
        if (until is { } later && later > await clock.NowAsync())
        {
            return LookProblems.AskedToWait(slug, later);
        }

        var left = await turn.RunAsync(CollectorKeys.TurnOf(server.Tenant), PerTenant, TenantSpan);
        if (left > TimeSpan.Zero)
        {
            return LookProblems.TooMany(PerTenant, left);
        }

        left = await turn.RunAsync(CollectorKeys.TurnOf(server.Server), 1, ServerSpan);
        return left > TimeSpan.Zero ? LookProblems.TooSoon(slug, left) : null;
    }
}
