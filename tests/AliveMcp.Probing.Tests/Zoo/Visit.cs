using AliveMcp.Egress;
using AliveMcp.Testing.Zoo;

namespace AliveMcp.Probing.Tests.Zoo;

/// <summary>One probe of one animal, under the conditions that its entry in the table names.</summary>
internal static class Visit
{
    public static async Task<ProbeResult> ToAsync(Animal animal, CancellationToken cancellationToken)
    {
        await using var cage = await animal.ReleaseAsync();
        var probe = new ServerProbe(new EgressGuard(new EgressOptions { Allow = animal.Allow }), TimeProvider.System)
        {
            ExtraRoots = cage.Root is { } root ? [root] : null,
            Resolve = animal.Resolve,
        };
        return await probe.ProbeAsync(animal.Order(Probes.Order(cage.Url)), cancellationToken);
    }
}
