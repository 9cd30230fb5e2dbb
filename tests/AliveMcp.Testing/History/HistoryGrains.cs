namespace AliveMcp.Testing.History;

/// <summary>How much of a history is written in which grain; null: all of it.</summary>
public sealed record HistoryGrains
{
    /// <summary>Closed days, counted back from the newest.</summary>
    public int? Days { get; init; }

    /// <summary>Closed hours, in days counted back from the newest; 0: none.</summary>
    public int? HoursOfDays { get; init; }

    /// <summary>Hot minutes: hours counted back from the newest.</summary>
    public int HotHours { get; init; } = 48;
}
