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
    private static readonly string Kind = AlertKind.ProberUnwell.Word();

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
        var troubles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var region in await regions.AllAsync(cancellationToken))
        {
            if (Trouble(region, now) is { } trouble)
            {
                troubles[$"{Kind}:{region.Region.Name}"] = trouble;
            }
        }

        foreach (var (key, trouble) in troubles.Where(one => !_raised.Contains(one.Key)))
        {
            await alarms.RaiseAsync(new OperatorAlarm(key, Kind, trouble), cancellationToken);
        }

        // Those too that whoever was here before left open, and those of regions that were taken away.
        await alarms.EndOthersAsync(Kind, troubles.Keys, cancellationToken);
        _raised = [.. troubles.Keys];
    }

    private string? Trouble(RegionPulse region, DateTimeOffset now)
    {
        var doubts = _doubted[region.Region] = region.IsInDoubt ? _doubted.GetValueOrDefault(region.Region) + 1 : 0;
        return !region.HasProbers && now - region.LastSeen >= Away
                ? FormattableString.Invariant(
                    $"No prober of {region.Region} ({region.City}) has asked for work since {region.LastSeen:yyyy-MM-dd HH:mm} UTC."
                )
            : doubts >= Doubts
                ? FormattableString.Invariant(
                    $"What fails in {region.Region} ({region.City}) has not been believed for {doubts} minutes: other regions see it live."
                )
            : null;
    }
}
