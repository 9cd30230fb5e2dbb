namespace AliveMcp.Prober.Supervisor;

/// <summary>Why a cell ended.</summary>
internal enum CellEnd
{
    /// <summary>It still runs.</summary>
    Runs,

    /// <summary>Asked to: nothing to do any more, or the supervisor stops.</summary>
    Stopped,

    /// <summary>Killed so that another tenant may have its place.</summary>
    HandedOver,

    /// <summary>Killed: an order was not answered within the wall clock.</summary>
    WallClock,

    /// <summary>Killed: what it wrote was no answer to anything.</summary>
    Garbage,

    /// <summary>It ran out of memory.</summary>
    OutOfMemory,

    /// <summary>It ended by itself, or somebody killed it.</summary>
    Crashed,
}
