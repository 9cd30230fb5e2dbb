namespace AliveMcp.Servers.Objectives;

/// <summary>Over which time an objective is held.</summary>
public enum ObjectiveWindow
{
    /// <summary>30 closed UTC days and the open one, moving on every day.</summary>
    Rolling30Days = 1,

    /// <summary>The UTC calendar month, from its first minute to its last.</summary>
    CalendarMonth = 2,
}
