using System.Diagnostics;
using System.Globalization;

namespace AliveMcp.Bench.Drain;

/// <summary>CPU that was spent on a task by us, by the Redis-protocol server and by Postgres with its sessions, as the kernel counts it.</summary>
internal sealed class Costs(int redis, int postmaster)
{
    // USER_HZ; the kernel has promised it to programs for ever.
    private const double MillisecondsPerTick = 10;

    public async Task<Cost> OfAsync(Func<Task> act)
    {
        var before = Read();
        await act();
        var after = Read();
        return new Cost(after.Client - before.Client, after.Redis - before.Redis, after.Postgres - before.Postgres);
    }

    private Cost Read() =>
        new(
            Process.GetCurrentProcess().TotalProcessorTime.TotalMilliseconds,
            Of(redis),
            Directory
                .EnumerateDirectories("/proc")
                .Select(folder => Path.GetFileName(folder))
                .Where(name => name.All(char.IsAsciiDigit))
                .Select(name => int.Parse(name, CultureInfo.InvariantCulture))
                .Where(process =>
                    Fields(process) is { } fields && fields[1] == postmaster.ToString(CultureInfo.InvariantCulture)
                )
                .Sum(Of)
        );

    private static double Of(int process) =>
        Fields(process) is { } fields
            ? (
                long.Parse(fields[11], CultureInfo.InvariantCulture)
                + long.Parse(fields[12], CultureInfo.InvariantCulture)
            ) * MillisecondsPerTick
            : 0;

    /// <summary>From the state on; null when the process has ended.</summary>
    private static string[]? Fields(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}

/// <summary>Milliseconds.</summary>
internal readonly record struct Cost(double Client, double Redis, double Postgres)
{
    public double All => Client + Redis + Postgres;

    public string Each(int rows) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Client * 1000 / rows:0.0} us ours, {Redis * 1000 / rows:0.0} us Redis', {Postgres * 1000 / rows:0.0} us Postgres'"
        );
}
