using AliveMcp.Archive.Drift;
using AliveMcp.Contracts.Changes;

namespace AliveMcp.Archive.Tests.Drift;

public sealed class VolatileTextsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_text_that_changed_three_times_in_an_hour_is_masked_and_others_are_not()
    {
        var clock = Change("/description", ChangeClass.Text);
        var seen = new[] { 10, 20, 59 }.Select(minutes => (Noon.AddMinutes(-minutes), clock));

        var masked = VolatileTexts.At(Noon, seen);

        Assert.Equal(("t", "/description"), Assert.Single(masked));
        var title = Change("/title", ChangeClass.Text);
        var grave = Change("/description", ChangeClass.Security);
        Assert.Equal([grave, title], VolatileTexts.Masked([grave, clock, title], masked));
    }

    [Fact]
    public void Only_the_last_hour_and_only_texts_count()
    {
        var random = new Random(43);
        for (var round = 0; round < 300; round++)
        {
            var seen = Enumerable
                .Range(0, random.Next(12))
                .Select(_ =>
                    (Noon.AddMinutes(-random.Next(120)), Change($"/p{random.Next(3)}", (ChangeClass)random.Next(1, 5)))
                )
                .ToList();

            var masked = VolatileTexts.At(Noon, seen);

            foreach (var path in new[] { "/p0", "/p1", "/p2" })
            {
                var count = seen.Count(one =>
                    one.Item2.Path == path
                    && one.Item2.Class == ChangeClass.Text
                    && Noon - one.Item1 < TimeSpan.FromHours(1)
                );
                Assert.Equal(count >= 3, masked.Contains(("t", path)));
            }

            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(seen));
            Assert.Equal(masked, VolatileTexts.At(Noon, seen));
        }
    }

    private static ContractChange Change(string path, ChangeClass @class) =>
        new()
        {
            Class = @class,
            Code = "x",
            Tool = "t",
            Path = path,
            Detail = "x",
        };
}
