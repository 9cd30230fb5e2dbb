using System.Diagnostics;
using System.Globalization;

namespace AliveMcp.Prober.Tests.Builders;

/// <summary>Signals that the platform has no call for, and whether a process lives.</summary>
internal static class Signals
{
    public static async Task SendAsync(int pid, string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {Text(pid)}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Whether it runs; what is dead and not yet mourned does not.</summary>
    public static bool Lives(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{Text(pid)}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string Text(int pid) => pid.ToString(CultureInfo.InvariantCulture);
}
