using AliveMcp.Alerting.Sinks;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>
/// Sends what is due, many sinks at once. Retries and sinks that do not answer have room of their own: a thousand of those that hang hold
/// nobody up who would take it.
/// </summary>
internal sealed class DeliveryRunner(DeliveryClaims claims, SinkSecrets secrets, DeliverySender sender)
{
    private const int RoomForFresh = 128;
    private const int RoomForRetries = 64;
    private const int OfOneSink = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, int> _flying = [];
    private readonly HashSet<int> _sick = [];
    private readonly HashSet<Task> _tasks = [];
    private int _fresh;
    private int _retries;

    /// <summary>Starts to send what is due and there is room for; returns how many.</summary>
    public async Task<int> StartAsync(CancellationToken cancellationToken) =>
        await StartAsync(retries: false, cancellationToken) + await StartAsync(retries: true, cancellationToken);

    /// <summary>Waits until all that was started has ended.</summary>
    public async Task WhenIdleAsync()
    {
        while (Snapshot() is { Length: > 0 } running)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task<int> StartAsync(bool retries, CancellationToken cancellationToken)
    {
        if (Wish(retries) is not { } wish)
        {
            return 0;
        }

        var taken = await claims.TakeAsync(wish, cancellationToken);
        var keys = taken.Select(delivery => delivery.Sink).ToHashSet();
        var opened = await secrets.OpenAsync(keys, cancellationToken);
        foreach (var delivery in taken)
        {
            Start(delivery, opened.GetValueOrDefault(delivery.Sink), retries, cancellationToken);
        }

        return taken.Count;
    }

    private ClaimWish? Wish(bool retries)
    {
        lock (_gate)
        {
            var most = retries ? RoomForRetries - _retries : RoomForFresh - _fresh;
            var perSink = retries ? 1 : OfOneSink;
            return most <= 0
                ? null
                : new ClaimWish
                {
                    Retries = retries,
                    Most = most,
                    PerSink = perSink,
                    Full = [.. _flying.Where(sink => sink.Value >= perSink).Select(sink => sink.Key)],
                    Sick = [.. _sick],
                };
        }
    }

    private void Start(ClaimedDelivery delivery, SinkAtHand? sink, bool isRetry, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _flying[delivery.SinkId] = _flying.GetValueOrDefault(delivery.SinkId) + 1;
            _ = isRetry ? _retries++ : _fresh++;
            var task = Task.Run(() => SendAsync(delivery, sink, isRetry, cancellationToken), CancellationToken.None);
            _tasks.Add(task);
            _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task SendAsync(
        ClaimedDelivery delivery,
        SinkAtHand? sink,
        bool isRetry,
        CancellationToken cancellationToken
    )
    {
        var isWell = false;
        try
        {
            isWell = await sender.SendAsync(delivery, sink, cancellationToken);
        }
#pragma warning disable CA1031 // The claim ends by itself, and whoever comes next tries again: Postgres may be away for everybody.
        catch (Exception)
#pragma warning restore CA1031
        {
            isWell = true;
        }
        finally
        {
            Land(delivery.SinkId, isRetry, isWell);
        }
    }

    private void Land(int sink, bool isRetry, bool isWell)
    {
        lock (_gate)
        {
            _ = isRetry ? _retries-- : _fresh--;
            _ = isWell ? _sick.Remove(sink) : _sick.Add(sink);
            if (--_flying[sink] == 0)
            {
                _flying.Remove(sink);
            }
        }
    }

    private void Forget(Task task)
    {
        lock (_gate)
        {
            _tasks.Remove(task);
        }
    }

    private Task[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _tasks];
        }
    }
}
