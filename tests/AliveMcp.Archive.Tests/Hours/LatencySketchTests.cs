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

    [Theory]
    [InlineData("log-normal")]
    [InlineData("uniform")]
    [InlineData("exponential")]
    [InlineData("two humps")]
    [InlineData("heavy tail")]
    [InlineData("constant")]
    public void Percentiles_of_a_month_merged_from_days_are_within_seven_percent_of_those_of_its_minutes(string shape)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            var month = new LatencySketch();
            var minutes = new List<int>();
            for (var day = 0; day < 30; day++)
            {
                var sketch = new LatencySketch();
                for (var minute = 0; minute < random.Next(1, 400); minute++)
                {
                    minutes.Add(Latency(shape, random));
                    sketch.Add(minutes[^1]);
                }

                month.Add(LatencySketch.Unpack(sketch.Pack()));
            }

            minutes.Sort();
            foreach (var share in (double[])[0.5, 0.95, 0.99])
            {
                var exact = minutes[(int)Math.Ceiling(share * minutes.Count) - 1];
                var read = LatencySketch.Unpack(month.Pack()).Percentile(share)!.Value * 1000.0;

                Assert.InRange(Math.Abs(read - exact), 0, (0.07 * exact) + 500);
            }
        }
    }

    private static int Latency(string shape, Random random)
    {
        var share = random.NextDouble();
        var micros = shape switch
        {
            "log-normal" => 120_000
                * Math.Exp(Math.Sqrt(-2 * Math.Log(1 - share)) * Math.Cos(6.283 * random.NextDouble())),
            "uniform" => share * 30_000_000,
            "exponential" => -Math.Log(1 - share) * 400_000,
            "two humps" => share < 0.9 ? 20_000 + (share * 9_000) : 4_000_000 + (share * 900_000),
            "heavy tail" => 15_000 / Math.Pow(1 - share, 0.9),
            _ => 77_777,
        };

        // Where the bound is promised.
        return (int)Math.Clamp(micros, 4_000, 30_000_000);
    }

    [Fact]
    public void An_empty_sketch_has_no_percentile()
    {
        Assert.Null(new LatencySketch().Percentile(0.5));
        Assert.Empty(new LatencySketch().Pack());
    }
}
