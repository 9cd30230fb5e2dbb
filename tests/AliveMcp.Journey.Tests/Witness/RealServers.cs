using System.Collections.Concurrent;

namespace AliveMcp.Journey.Tests.Witness;

/// <summary>Looks at every real server once, three at a time, however many tests ask for it.</summary>
public sealed class RealServers : IDisposable
{
    private readonly SemaphoreSlim _room = new(3);
    private readonly ConcurrentDictionary<string, Lazy<Task<Sighted>>> _seen = new(StringComparer.Ordinal);

    /// <summary>What was seen of one; the looks at the others begin as well.</summary>
    internal Task<Sighted> SeeAsync(string name)
    {
        foreach (var other in RealServerRecipe.All.Keys)
        {
            _ = LookAt(other);
        }

        return LookAt(name);
    }

    public void Dispose() => _room.Dispose();

    private Task<Sighted> LookAt(string name) =>
        _seen.GetOrAdd(name, _ => new Lazy<Task<Sighted>>(() => LookInTurnAsync(RealServerRecipe.All[name]))).Value;

    private async Task<Sighted> LookInTurnAsync(RealServerRecipe recipe)
    {
        await _room.WaitAsync();
        try
        {
            return await Sighted.SeeAsync(recipe, CancellationToken.None);
        }
        finally
        {
            _room.Release();
        }
    }
}
