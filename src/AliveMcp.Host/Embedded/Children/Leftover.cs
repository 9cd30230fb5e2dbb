using System.Globalization;

namespace AliveMcp.Host.Embedded.Children;

/// <summary>
/// A child of an earlier start that was killed and whose child may still be ending (the kernel told it to), or where the system has no
/// parent-death signal still runs. Two servers on one folder would destroy it, so the next start waits for the end, then brings it about.
/// </summary>
internal static class Leftover
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <param name="pidFile">Its first line is the process id; a missing file means nothing is left.</param>
    /// <param name="mark">Stands in the command line of that program and no other: ids are reused.</param>
    public static async Task EndAsync(
        string pidFile,
        string mark,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (!TryReadPid(pidFile, out var pid) || await EndsAsync(pid, mark, time, cancellationToken))
        {
            return;
        }

        foreach (var signal in (int[])[PosixSignals.Interrupt, PosixSignals.Kill])
        {
            PosixSignals.Send(pid, signal);
            if (await EndsAsync(pid, mark, time, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>Reads the id that a pid file names.</summary>
    public static bool TryReadPid(string pidFile, out int pid)
    {
        pid = 0;
        try
        {
            return int.TryParse(
                File.ReadLines(pidFile).FirstOrDefault(),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out pid
            );
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<bool> EndsAsync(
        int pid,
        string mark,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        while (IsThatProgram(pid, mark))
        {
            if (time.GetElapsedTime(began) > Patience)
            {
                return false;
            }

            await Task.Delay(Look, time, cancellationToken);
        }

        return true;
    }

    private static bool IsThatProgram(int pid, string mark)
    {
        if (!PosixSignals.IsAlive(pid))
        {
            return false;
        }

        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Contains(mark, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // Where there is no /proc the pid file is all we have.
            return !OperatingSystem.IsLinux();
        }
    }
}
