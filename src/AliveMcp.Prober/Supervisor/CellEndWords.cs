namespace AliveMcp.Prober.Supervisor;

/// <summary>How ends of cells are spelled in logs and metrics.</summary>
internal static class CellEndWords
{
    public static string Name(CellEnd end) =>
        end switch
        {
            CellEnd.Runs => "runs",
            CellEnd.Stopped => "stopped",
            CellEnd.HandedOver => "handed_over",
            CellEnd.WallClock => "wall_clock",
            CellEnd.Garbage => "garbage",
            CellEnd.OutOfMemory => "out_of_memory",
            _ => "crashed",
        };

    /// <summary>Whether it took work along that somebody waits for, by the fault of what it looked at or of ours.</summary>
    public static bool IsViolent(CellEnd end) =>
        end is CellEnd.WallClock or CellEnd.Garbage or CellEnd.OutOfMemory or CellEnd.Crashed;
}
