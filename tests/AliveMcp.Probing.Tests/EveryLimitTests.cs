using AliveMcp.Testing.Wire;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests;

/// <summary>Every limit of <see cref="ProbeLimits"/> is struck by a server that goes beyond it, and ends the try with its own reason.</summary>
public sealed class EveryLimitTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(0.6);
    private static readonly Specimen Inflates = Specimens.GzipBomb;

    // Which limit, who goes beyond it, how it is narrowed, what comes of it.
    private static readonly (string Limit, Specimen Specimen, Func<ProbeLimits, ProbeLimits> Narrow, Why Why)[] Table =
    [
        ("Total", Specimens.InitializeHangs, limits => limits with { Total = TimeSpan.FromSeconds(1) }, Why.Timeout),
        ("Discover", Specimens.DiscoverHangs, limits => limits with { Discover = Soon }, Why.None),
        ("ToolsList", Specimens.ListHangs, limits => limits with { ToolsList = Soon }, Why.Timeout),
        ("Goodbye", Specimens.DeleteHangs, limits => limits with { Goodbye = Soon }, Why.None),
        ("SlowAfter", Specimens.ListSlow, limits => limits with { SlowAfter = TimeSpan.FromSeconds(0.1) }, Why.Slow),
        ("BodyBytes", Specimens.HugeBody, limits => limits with { BodyBytes = 100_000 }, Why.ResponseTooLarge),
        ("BodyBytes", Specimens.EndlessBody, limits => limits, Why.ResponseTooLarge),
        ("CompressionRatio", Inflates, limits => limits with { CompressionRatio = 10 }, Why.ResponseTooLarge),
        ("CompressionRatio", Specimens.BrotliBomb, limits => limits, Why.ResponseTooLarge),
        ("HeaderBytes", Specimens.HeaderFlood, limits => limits, Why.ResponseTooLarge),
        ("SseEvents", Specimens.SseFlood, limits => limits with { SseEvents = 100 }, Why.ResponseTooLarge),
        ("Pages", Specimens.MorePages, limits => limits with { Pages = 3 }, Why.ListOverLimit),
        ("Tools", Specimens.Healthy, limits => limits with { Tools = 11 }, Why.ListOverLimit),
        ("JsonDepth", Specimens.ListTooDeep, limits => limits, Why.ListOverLimit),
        ("JsonDepth", Specimens.TooDeep, limits => limits, Why.MalformedJson),
    ];

    // A backlog that is full, calls that hang and a silent health URL need more than a specimen.
    private static readonly string[] Elsewhere =
    [
        nameof(ProbeLimits.Connect),
        nameof(ProbeLimits.TestCalls),
        nameof(ProbeLimits.Health),
    ];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Table.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_limit_ends_what_goes_beyond_it(int row)
    {
        var (_, specimen, narrow, why) = Table[row];

        var result = await Probes.ProbeAsync(specimen, order => order with { Limits = narrow(order.Limits) });

        Assert.Equal(why, result.Attempt.Why);
    }

    [Fact]
    public void No_limit_is_left_out() =>
        Assert.Equal(
            typeof(ProbeLimits)
                .GetProperties()
                .Where(property => property.CanWrite)
                .Select(property => property.Name)
                .Order(),
            Table.Select(row => row.Limit).Concat(Elsewhere).Distinct().Order()
        );
}
