namespace AliveMcp.Collector.Minutes;

/// <summary>What a region's probers saw of servers.</summary>
/// <param name="Seen">Entries that could look.</param>
/// <param name="Failing">Of them, degraded or down.</param>
/// <param name="Alone">Of these, the ones of which nobody else was asked because the region was in doubt.</param>
/// <param name="LiveElsewhere">Failing ones that another region saw live in the same minute.</param>
internal readonly record struct RegionTally(int Seen, int Failing, int Alone, int LiveElsewhere)
{
    public static RegionTally operator +(RegionTally one, RegionTally other) =>
        new(
            one.Seen + other.Seen,
            one.Failing + other.Failing,
            one.Alone + other.Alone,
            one.LiveElsewhere + other.LiveElsewhere
        );
}
