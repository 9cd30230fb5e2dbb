using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Schedule;

/// <summary>What is known of a server's minutes. One is held for every server that is watched, so it is packed: 16 bytes.</summary>
internal readonly record struct PlannedSoFar
{
    private readonly int _last;
    private readonly int _place;
    private readonly int _busyMilliseconds;
    private readonly byte _weight;
    private readonly bool _isReopening;

    /// <param name="last">The newest minute that was planned.</param>
    /// <param name="weight">How many minutes its verdict stands for.</param>
    /// <param name="place">Whose place in the minute its look had; null: nobody knows.</param>
    /// <param name="busyUntil">When its look ends at the latest, if it was out of turn; else null.</param>
    public PlannedSoFar(MinuteStamp last, int weight = 1, ServerId? place = null, DateTimeOffset? busyUntil = null)
        : this(last, isReopening: false)
    {
        _weight = (byte)weight;
        _place = place?.Value ?? 0;
        _busyMilliseconds = busyUntil is { } busy ? (int)Math.Ceiling((busy - last.Start).TotalMilliseconds) : 0;
    }

    private PlannedSoFar(MinuteStamp last, bool isReopening)
    {
        _last = last.Value;
        _weight = 1;
        _isReopening = isReopening;
    }

    /// <summary>
    /// Somebody opened this minute; whether its tickets were queued nobody knows. It is planned once more, at its regular place, so that what
    /// a scheduler left behind that died in between is queued.
    /// </summary>
    public static PlannedSoFar UpTo(MinuteStamp opened) => new(opened - 1, isReopening: true);

    /// <summary>The newest minute that was planned; null when none is known.</summary>
    public MinuteStamp? Last => _last == 0 ? null : new MinuteStamp(_last);

    /// <summary>How many minutes its verdict stands for.</summary>
    public int Weight => _weight;

    /// <summary>The first minute that no verdict stands for yet.</summary>
    public MinuteStamp CoveredUntil => new(_last + _weight);

    /// <summary>The next minute is open already: <see cref="UpTo"/>.</summary>
    public bool IsReopening => _isReopening;

    /// <summary>Whose place its look had; null: nobody knows.</summary>
    public ServerId? Place => _place == 0 ? null : new ServerId(_place);

    /// <summary>When its look ends at the latest, if it was out of turn; else null.</summary>
    public DateTimeOffset? BusyUntil =>
        _busyMilliseconds == 0 ? null : new MinuteStamp(_last).Start.AddMilliseconds(_busyMilliseconds);
}
