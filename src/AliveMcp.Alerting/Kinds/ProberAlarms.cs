using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Messages;
using AliveMcp.Archive.Status;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Kinds;

/// <summary>
/// Calls operators for a region of ours that is unwell: no prober of it asks for work, or what it says has been in doubt for minutes. No tenant
/// hears of it: their minutes are unknown from there, or seen from elsewhere.
/// </summary>
internal sealed class ProberAlarms(RegionPulses regions, OperatorAlarms alarms, TimeProvider clock)
{
    private const string Doubted = "region_doubted";

    private static readonly string Unwell = AlertKind.ProberUnwell.Word();

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>A prober that is started anew is back before this.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(3);

    /// <summary>So many looks in a row: a doubt comes and goes with the network of others.</summary>
    private const int Doubts = 5;

    private readonly Dictionary<Region, int> _doubted = [];
    private HashSet<string> _raised = [];
    private DateTimeOffset _again;

    /// <summary>Looks when it is time to.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now < _again)
        {
            return;
        }

        _again = now + Every;
        var all = await regions.AllAsync(cancellationToken);
        await AwayAsync(all, now, cancellationToken);
        await DoubtedAsync(all, now, cancellationToken);
    }

    /// <summary>Every alerter sees the same: whoever looks raises and ends what the others would.</summary>
    private async Task AwayAsync(IEnumerable<RegionPulse> all, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var away = all.Where(region => !region.HasProbers && now - region.LastSeen >= Away)
            .ToDictionary(region => $"{Unwell}:{region.Region.Name}", StringComparer.Ordinal);
        foreach (var (key, region) in away.Where(one => !_raised.Contains(one.Key)))
        {
            var detail = FormattableString.Invariant(
                $"No prober of {region.Region} ({region.City}) has asked for work since {region.LastSeen:yyyy-MM-dd HH:mm} UTC."
            );
            await alarms.RaiseAsync(new OperatorAlarm(key, Unwell, detail), cancellationToken);
        }

        // Those too that whoever was here before left open, and those of regions that were taken away.
        await alarms.EndOthersAsync(Unwell, away.Keys, cancellationToken);
        _raised = [.. away.Keys];
    }

    /// <summary>Alerters count each for themselves: one says it again every minute, and it is over when none has for a while.</summary>
    private async Task DoubtedAsync(
        IEnumerable<RegionPulse> all,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        foreach (var region in all)
        {
            var doubts = _doubted[region.Region] = region.IsInDoubt ? _doubted.GetValueOrDefault(region.Region) + 1 : 0;
            if (doubts >= Doubts)
            {
                var detail = FormattableString.Invariant(
                    $"What fails in {region.Region} ({region.City}) is not believed, for minutes now: other regions see it live."
                );
                var alarm = new OperatorAlarm($"{Doubted}:{region.Region.Name}", Doubted, detail);
                await alarms.RaiseAsync(alarm, cancellationToken);
            }
        }

        await alarms.EndStaleAsync(Doubted, now - Away, cancellationToken);
    }
}
