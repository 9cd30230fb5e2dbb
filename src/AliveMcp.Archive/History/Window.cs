using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>A stretch of whole UTC minutes. A verdict belongs to the window in which its minute begins, with all the minutes that it stands for.</summary>
/// <param name="From">The first minute.</param>
/// <param name="To">The first minute after it.</param>
public readonly record struct Window(MinuteStamp From, MinuteStamp To)
{
    /// <summary>How long it is.</summary>
    public int Minutes => To - From;

    /// <summary>Whether a minute lies in it.</summary>
    public bool Holds(MinuteStamp minute) => minute >= From && minute < To;

    /// <summary>One UTC day.</summary>
    public static Window Of(DateOnly day) => new(MinuteStamp.Of(day), MinuteStamp.Of(day.AddDays(1)));
}
