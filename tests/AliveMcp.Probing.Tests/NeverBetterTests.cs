using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests;

/// <summary>A slower variant of a server never fares better than a faster one, whatever it is and however slow.</summary>
public sealed class NeverBetterTests
{
    // Far enough apart that a busy machine does not mix them up: prompt, slow, beyond the whole, for ever.
    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.Zero,
        TimeSpan.FromSeconds(1.5),
        TimeSpan.FromSeconds(4.5),
        TimeSpan.FromMinutes(5),
    ];

    private static readonly Specimen[] Kinds =
    [
        Specimens.Healthy,
        Specimens.HealthySseLeftOpen,
        Specimens.HealthyDiscover,
        Specimens.HealthyDual,
        Specimens.HealthyLegacySse,
        Specimens.NamelessTool,
        Specimens.ListFails,
        Specimens.AsksToSignIn,
        Specimens.AsksLessOften,
        Specimens.Status(500),
        Specimens.SessionLost404,
    ];

    [Fact]
    public async Task Slower_is_never_better()
    {
        // All at once: each waits, none works.
        var seen = await Task.WhenAll(
            Kinds.Select(kind => Task.WhenAll(Delays.Select(delay => SeeAsync(kind, delay))))
        );

        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            Assert.True(
                seen[kind].SequenceEqual(seen[kind].OrderByDescending(state => state)),
                $"{Kinds[kind]}: {string.Join(", ", seen[kind])}"
            );
        }
    }

    // Live 3, degraded 2, could not look 1, down 0.
    private static async Task<int> SeeAsync(Specimen kind, TimeSpan delay)
    {
        var result = await Probes.ProbeAsync(
            kind with
            {
                Delay = delay,
            },
            order =>
                order with
                {
                    Limits = order.Limits with
                    {
                        Total = TimeSpan.FromSeconds(6),
                        Discover = TimeSpan.FromSeconds(1),
                        ToolsList = TimeSpan.FromSeconds(5),
                        SlowAfter = TimeSpan.FromSeconds(1.2),
                        Goodbye = TimeSpan.FromSeconds(0.5),
                    },
                }
        );
        return result.Attempt.State switch
        {
            ServerState.Live => 3,
            ServerState.Degraded => 2,
            ServerState.Unknown => 1,
            _ => 0,
        };
    }
}
