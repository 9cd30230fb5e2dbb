using AliveMcp.Vocabulary;

namespace AliveMcp.Testing.History;

/// <summary>What kind of history is wanted. The same shape tells the same story of a server, always.</summary>
public sealed record HistoryShape
{
    /// <summary>Another seed, another history.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The first minute that has not happened yet.</summary>
    public required MinuteStamp Until { get; init; }

    /// <summary>How far back it reaches: 730 are 24 months.</summary>
    public required int Days { get; init; }

    /// <summary>In which class everything is kept; null: one of the four, by the server's number.</summary>
    public RetentionClass? Retention { get; init; }

    /// <summary>The cadence in minutes; null: every one of <see cref="Cadences.All"/> in turn, by the server's number, and some servers change it midway.</summary>
    public int? Weight { get; init; }

    /// <summary>Who looks; null: one of the four, by the server's number.</summary>
    public LookStyle? Style { get; init; }

    /// <summary>Every fifth server is added midway and every sixth is paused for three days; false: all are watched all the time.</summary>
    public bool ComeAndGo { get; init; } = true;

    /// <summary>How many days pass between two events of a server, on average. What happens at the end of a month comes on top.</summary>
    public double CalmDays { get; init; } = 2;

    /// <summary>The first minute of it.</summary>
    public MinuteStamp From => Until - (Days * 1440);

    /// <summary>A time to set the clock to: every minute before <see cref="Until"/> must be sealed by now, and no other.</summary>
    public DateTimeOffset Now => Until.Start + TimeSpan.FromSeconds(35);
}
