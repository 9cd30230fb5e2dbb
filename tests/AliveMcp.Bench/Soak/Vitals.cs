using AliveMcp.Bench.FirstVerdict;

namespace AliveMcp.Bench.Soak;

/// <summary>What this process holds between two probes, after a full collection.</summary>
internal sealed record Vitals(int Probes, int Sockets, long Timers, int Threads, double HeapMiB, double ResidentMiB)
{
    public static Vitals Take(int probes)
    {
        // Twice: finalizers of the first pass let go of what the second one collects.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return new Vitals(
            probes,
            Directory.EnumerateFiles("/proc/self/fd").Count(IsSocket),
            Timer.ActiveCount,
            Directory.EnumerateDirectories("/proc/self/task").Count(),
            GC.GetTotalMemory(forceFullCollection: true) / 1048576.0,
            Memory.KiB(Environment.ProcessId) / 1024.0
        );
    }

    private static bool IsSocket(string descriptor) =>
        new FileInfo(descriptor).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true;
}
