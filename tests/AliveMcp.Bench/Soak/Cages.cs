using AliveMcp.Testing.Zoo;

namespace AliveMcp.Bench.Soak;

/// <summary>Every animal of the zoo let out at once, in a process of its own. Prints one line for each, <c>number URL</c>, then an empty one.</summary>
internal static class Cages
{
    public static async Task<int> RunAsync()
    {
        var cages = new List<Cage>();
        for (var number = 0; number < WireZoo.All.Count; number++)
        {
            var cage = await WireZoo.All[number].ReleaseAsync();
            cages.Add(cage);
            Console.WriteLine($"{number} {cage.Url}");
        }

        Console.WriteLine();
        await Console.In.ReadToEndAsync();
        GC.KeepAlive(cages);
        return 0;
    }
}
