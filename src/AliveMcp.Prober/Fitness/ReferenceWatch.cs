using AliveMcp.Egress;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Prober.Fitness;

/// <summary>Connects to each reference every ten seconds. A connection is answer enough: name, route and a listener.</summary>
internal sealed class ReferenceWatch(References references, EgressGuard guard, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(references.Places.Select(place => WatchAsync(place, stoppingToken)));

    private async Task WatchAsync(Uri place, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (await AnswersAsync(place, stopping))
            {
                references.Answered(place);
            }

            await Task.Delay(Rest, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> AnswersAsync(Uri place, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(2 * Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            // A dialler of its own each time: a remembered address would hide that names no longer resolve.
            var dialer = new EgressDialer(guard, time);
            using var socket = (await dialer.DialAsync(place.IdnHost, place.Port, Patience, either.Token)).Socket;
            return socket is not null;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
