using AliveMcp.Archive.Hours;

namespace AliveMcp.Archive.Tests.Hours;

public sealed class LatencySketchTests
{
    [Fact]
    public void A_percentile_is_off_by_at_most_seven_percent_between_4_ms_and_30_s()
    {
        for (var micros = 4_600; micros <= 30_000_000; micros += 1 + (micros / 100))
        {
            var sketch = new LatencySketch();
            sketch.Add(micros);

            var read = sketch.Percentile(0.95)!.Value * 1000.0;

            // Whole milliseconds: half of one may come on top.
            Assert.InRange(Math.Abs(read - micros), 0, (0.07 * micros) + 500);
        }
    }

    [Fact]
    public void The_ninety_fifth_of_a_hundred_is_the_ninety_fifth()
    {
        var sketch = new LatencySketch();
        for (var i = 0; i < 94; i++)
        {
            sketch.Add(10_000);
        }

        for (var i = 0; i < 6; i++)
        {
            sketch.Add(1_000_000);
        }

        Assert.InRange(sketch.Percentile(0.94)!.Value, 9, 11);
        Assert.InRange(sketch.Percentile(0.95)!.Value, 930, 1070);
    }

    [Fact]
    public void Adding_sketches_is_adding_what_they_counted()
    {
        var random = new Random(5);
        var (left, right, both) = (new LatencySketch(), new LatencySketch(), new LatencySketch());
        for (var i = 0; i < 1_000; i++)
        {
            var micros = random.Next(100, 30_000_000);
            (i % 3 == 0 ? left : right).Add(micros);
            both.Add(micros);
        }

        left.Add(right);

        Assert.Equal(both.Pack(), left.Pack());
        Assert.Equal(both.Pack(), LatencySketch.Unpack(both.Pack()).Pack());
    }

    [Fact]
    public void An_empty_sketch_has_no_percentile()
    {
        Assert.Null(new LatencySketch().Percentile(0.5));
        Assert.Empty(new LatencySketch().Pack());
    }
}
