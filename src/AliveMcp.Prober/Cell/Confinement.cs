using System.Globalization;
using System.Runtime.InteropServices;

namespace AliveMcp.Prober.Cell;

/// <summary>What a cell asks of the kernel about itself. On Linux; elsewhere the end of its input and the runtime's own heap limit must do.</summary>
internal static class Confinement
{
    private const int SetParentDeathSignal = 1;
    private const int SetDumpable = 4;
    private const int Kill = 9;
    private const int DataLimit = 2;
    private const long Mebibyte = 1024 * 1024;

    /// <summary>Stacks of threads, the runtime's own tables, compiled code.</summary>
    private const long Beside = 512 * Mebibyte;

    /// <summary>
    /// Nobody but root may read this process's memory or environment, not even another cell of ours, and it leaves no core behind.
    /// </summary>
    public static void CloseToOthers()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = NativeControl(SetDumpable, 0, 0, 0, 0);
        }
    }

    /// <summary>Killed by the kernel when the supervisor's thread that started us ends, however it ends.</summary>
    /// <returns>False when it has ended already.</returns>
    public static bool DieWith(int parent)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        _ = NativeControl(SetParentDeathSignal, Kill, 0, 0, 0);
        return NativeParent() == parent;
    }

    /// <summary>
    /// Beyond the runtime's limit for managed memory one for all that can be written to (a limit of address space would count what
    /// the collector merely reserves). Who exceeds it gets no memory, and that is the cell's end.
    /// </summary>
    public static void LimitMemory(long mebibytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var most = (ulong)(Used() + Beside + (2 * mebibytes * Mebibyte));
        var limit = new Limit(most, most);
        _ = NativeSetLimit(DataLimit, limit);
    }

    /// <summary>
    /// A process that ran out of memory once is in no state to judge a server. The end comes before anybody can catch the exception,
    /// and without allocating.
    /// </summary>
    public static void EndWhenOutOfMemory() =>
        AppDomain.CurrentDomain.FirstChanceException += (_, thrown) =>
        {
            if (thrown.Exception is OutOfMemoryException)
            {
                NativeExit(CellProgram.OutOfMemory);
            }
        };

    private static long Used()
    {
        const string field = "VmData:";
        var line = File.ReadLines("/proc/self/status")
            .FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal));
        var number = line?[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes)
            ? kilobytes * 1024
            : 0;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit(ulong soft, ulong hard)
    {
        private readonly ulong _soft = soft;
        private readonly ulong _hard = hard;
    }

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static extern int NativeControl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [DllImport("libc", EntryPoint = "getppid")]
    private static extern int NativeParent();

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static extern int NativeSetLimit(int resource, in Limit limit);

    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void NativeExit(int code);
}
