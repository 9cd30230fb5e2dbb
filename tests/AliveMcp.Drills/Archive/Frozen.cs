using System.Diagnostics;
using System.Globalization;

namespace AliveMcp.Drills.Archive;

/// <summary>A process that is stopped where it is (SIGSTOP) until disposed (SIGCONT).</summary>
internal sealed class Frozen : IDisposable
{
    private readonly int _process;

    public Frozen(int process)
    {
        _process = process;
        Signal("-STOP");
    }

    public void Dispose() => Signal("-CONT");

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
