using System.Globalization;

namespace AliveMcp.Bench.FirstVerdict;

/// <summary>Resident memory as the kernel counts it.</summary>
internal static class Memory
{
    /// <summary>Of one process, in MiB; 0 when it is gone.</summary>
    public static int MiB(int process) => KiB(process) / 1024;

    /// <summary>Of one process, in KiB; 0 when it is gone.</summary>
    public static int KiB(int process)
    {
        var path = $"/proc/{process}/status";
        if (!File.Exists(path))
        {
            return 0;
        }

        var line = File.ReadLines(path).First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        var kibibytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return int.Parse(kibibytes, CultureInfo.InvariantCulture);
    }
}
