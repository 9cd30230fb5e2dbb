using System.Globalization;
using AliveMcp.Collector.Looks;
using AliveMcp.Storage.Redis;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Tickets;
using StackExchange.Redis;

namespace AliveMcp.Collector.Desk;

/// <summary>Takes due tickets off a region's queue.</summary>
internal sealed class LeaseScript(RedisDoor redis)
{
    private static readonly RedisScript Script = RedisScript.Of(typeof(LeaseScript), "lease.lua");

    /// <summary>The shortest limit a try may have: a start later than this leaves no room for any.</summary>
    private static readonly TimeSpan LastStart = MinuteTimes.LastEnd - TimeSpan.FromSeconds(1);

    /// <summary>The looks that somebody waits for.</summary>
    public async Task<LookLease> RunAsync(Region region, int most)
    {
        var answer = await AnswerAsync(region, Lane.Now, most, TimeSpan.Zero);
        var looks = new List<LookId>((answer.Length - 2) / 2);
        for (var i = 2; i + 1 < answer.Length; i += 2)
        {
            if (LookId.TryParse($"{region}.{((string)answer[i]!).Split(':')[0]}", out var look))
            {
                looks.Add(look);
            }
        }

        return new LookLease(Instant(answer[0]), (int)answer[1], looks);
    }

    public async Task<Lease> RunAsync(Region region, Lane lane, int most, TimeSpan ahead)
    {
        var answer = await AnswerAsync(region, lane, most, ahead);
        var tickets = new List<LeasedTicket>((answer.Length - 2) / 2);
        for (var i = 2; i + 1 < answer.Length; i += 2)
        {
            if (HandoverKeys.TryParseMember((string)answer[i]!, out var server, out var minute))
            {
                tickets.Add(new LeasedTicket(server, minute, Instant(answer[i + 1])));
            }
        }

        return new Lease(Instant(answer[0]), (int)answer[1], tickets);
    }

    /// <summary>Puts tickets back where they were; those that cannot start any more are dropped and counted by the next lease.</summary>
    public Task ReturnAsync(Region region, Lane lane, IReadOnlyList<LeasedTicket> tickets) =>
        redis.Database.SortedSetAddAsync(
            CollectorKeys.Queue(region, lane),
            [
                .. tickets.Select(ticket => new SortedSetEntry(
                    HandoverKeys.Member(ticket.Server, ticket.Minute),
                    ticket.Start.ToUnixTimeMilliseconds()
                )),
            ]
        );

    private async Task<RedisResult[]> AnswerAsync(Region region, Lane lane, int most, TimeSpan ahead) =>
        (RedisResult[])
            (
                await Script.RunAsync(
                    redis.Database,
                    [CollectorKeys.Queue(region, lane)],
                    [most, (long)ahead.TotalMilliseconds, (long)LastStart.TotalMilliseconds]
                )
            )!;

    private static DateTimeOffset Instant(RedisResult milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse((string)milliseconds!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        );
}

/// <param name="Now">On the path's one clock.</param>
/// <param name="Dropped">Tickets that could no longer start.</param>
/// <param name="Tickets">What was taken.</param>
internal sealed record Lease(DateTimeOffset Now, int Dropped, IReadOnlyList<LeasedTicket> Tickets);

/// <param name="Server">Whom to probe.</param>
/// <param name="Minute">For which minute.</param>
/// <param name="Start">When.</param>
internal readonly record struct LeasedTicket(ServerId Server, MinuteStamp Minute, DateTimeOffset Start);
