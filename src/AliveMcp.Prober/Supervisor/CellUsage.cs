using System.ComponentModel;
using System.Diagnostics;

namespace AliveMcp.Prober.Supervisor;

/// <summary>What a running process costs, as of the last look. A process that is gone can no longer be asked.</summary>
internal sealed class CellUsage(Process process)
{
    private TimeSpan _told;

    public TimeSpan Cpu { get; private set; }

    /// <summary>Largest seen since the last <see cref="Cut"/>.</summary>
    public long Rss { get; private set; }

    public void Look()
    {
        try
        {
            process.Refresh();
            Cpu = process.TotalProcessorTime;
            Rss = Math.Max(Rss, process.WorkingSet64);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            // It ended since; what was seen last stands.
        }
    }

    /// <summary>What is new since the last cut.</summary>
    public (TimeSpan Cpu, long Rss) Cut()
    {
        var cut = (Cpu - _told, Rss);
        (_told, Rss) = (Cpu, 0);
        return cut;
    }
}
