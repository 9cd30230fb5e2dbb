using System.Diagnostics;

namespace AliveMcp.Prober.Supervisor;

/// <summary>What holds for every cell of a prober.</summary>
internal sealed record CellRules(ProberOptions Options, CellBook Book, TimeProvider Time)
{
    /// <summary>A row covers at most this long.</summary>
    public static readonly TimeSpan RowTime = TimeSpan.FromMinutes(1);

    /// <summary>What is run as a cell, by the mebibytes that it may have: this executable.</summary>
    public Func<int, ProcessStartInfo> Program { get; init; } = CellStart.Make;

    /// <summary>A cell that has not answered its oldest order for this long is killed. No honest try takes longer than half of it.</summary>
    public TimeSpan WallClock { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an isolated cell without work is kept for its tenant, and a suspect one for its suspects: a cadence of a minute finds it again.</summary>
    public TimeSpan Warm { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a tenant may keep a place that others wait for.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Mebibytes.</summary>
    public int MemoryOf(CellOwner owner) => owner.Tenant is null ? Options.SharedCellMemory : Options.CellMemory;
}
