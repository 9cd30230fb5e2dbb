using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Collector.Queues;

/// <summary>Looks at every queue each 5 s, shows it to the meter, and says once when one begins to back up and once when it no longer does.</summary>
internal sealed partial class QueueWatch(
    QueueReader reader,
    CollectorMeter meter,
    TimeProvider time,
    ILogger<QueueWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly Dictionary<QueueName, List<QueueSample>> _windows = [];
    private IReadOnlyList<QueueStanding> _standings = [];

    /// <summary>As last seen; empty until then.</summary>
    public IReadOnlyList<QueueStanding> Standings => Volatile.Read(ref _standings);

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var seen = await reader.ReadAsync(cancellationToken);
        var before = Standings.Where(row => row.IsAlarmed).Select(row => row.Queue).ToHashSet();
        var standings = seen.Select(row => Judge(row.Queue, row.Sample, before.Contains(row.Queue))).ToList();
        foreach (var queue in _windows.Keys.Except(seen.Select(row => row.Queue)).ToList())
        {
            _windows.Remove(queue);
        }

        Volatile.Write(ref _standings, standings);
        meter.Show(standings);
        Tell(standings, before);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                NotSeen(logger, fault.Message);
            }

            await Task.Delay(Rest, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private QueueStanding Judge(QueueName queue, QueueSample sample, bool wasOn)
    {
        var window = _windows.TryGetValue(queue, out var known) ? known : _windows[queue] = [];
        window.Add(sample);
        window.RemoveAll(old => sample.At - old.At > QueueAlarm.Window);
        return new QueueStanding(queue, sample, QueueAlarm.IsOn(window, wasOn));
    }

    private void Tell(IReadOnlyList<QueueStanding> standings, HashSet<QueueName> before)
    {
        foreach (var (queue, last, isAlarmed) in standings)
        {
            var lane = LaneWords.Name(queue.Lane);
            if (isAlarmed && !before.Contains(queue))
            {
                BacksUp(logger, queue.Region, lane, last.Due, (long)last.Oldest.TotalSeconds);
            }
            else if (!isAlarmed && before.Contains(queue))
            {
                KeepsUp(logger, queue.Region, lane);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Queue {Region} {Lane} backs up: {Due} tickets are due and not taken, the oldest for {Seconds} s, and they grow. More probers are needed there."
    )]
    private static partial void BacksUp(ILogger logger, Vocabulary.Region region, string lane, long due, long seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Queue {Region} {Lane} no longer backs up.")]
    private static partial void KeepsUp(ILogger logger, Vocabulary.Region region, string lane);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queues could not be looked at: {Fault}")]
    private static partial void NotSeen(ILogger logger, string fault);
}
