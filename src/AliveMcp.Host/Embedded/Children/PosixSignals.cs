using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AliveMcp.Host.Embedded.Children;

/// <summary>The signals that children are stopped with; the platform has no call of its own for them.</summary>
internal static class PosixSignals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>As <c>setpriv</c> spells it.</summary>
    public static string NameOf(int signal) =>
        signal switch
        {
            Interrupt => "INT",
            Terminate => "TERM",
            _ => "KILL",
        };

    /// <summary>Sends a signal; a process that is gone already is not an error.</summary>
    public static void Send(int pid, int signal)
    {
        const int noSuchProcess = 3;
        if (NativeKill(pid, signal) != 0 && Marshal.GetLastPInvokeError() is var error and not noSuchProcess)
        {
            throw new Win32Exception(error);
        }
    }

    /// <summary>Whether a process of that id exists (and, on Linux, has not become a zombie).</summary>
    public static bool IsAlive(int pid)
    {
        if (NativeKill(pid, 0) != 0)
        {
            return false;
        }

        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException)
        {
            return !OperatingSystem.IsLinux();
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int NativeKill(int pid, int signal);
}
