using System.Globalization;

namespace AliveMcp.Bench.PublicReads;

/// <summary>What the site has spent so far.</summary>
/// <param name="Statements">Sent to Postgres.</param>
/// <param name="Cpu">Microseconds of the process.</param>
internal readonly record struct Spent(int Statements, double Cpu)
{
    public static async Task<Spent> OfAsync(BenchChild site)
    {
        var said = (await site.AskAsync("")).Split(' ');
        return new(
            int.Parse(said[0], CultureInfo.InvariantCulture),
            double.Parse(said[1], CultureInfo.InvariantCulture)
        );
    }
}
