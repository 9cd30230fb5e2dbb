using AliveMcp.Testing.Wire;

[assembly: AssemblyFixture(typeof(AliveMcp.Probing.Tests.WarmUp))]

namespace AliveMcp.Probing.Tests;

/// <summary>One probe before all tests, so that no short limit is spent on compiling code.</summary>
public sealed class WarmUp : IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        await Probes.ProbeAsync(Specimens.HealthyDual);
        await Probes.ProbeAsync(Specimens.HealthySse);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
