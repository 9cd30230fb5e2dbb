using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Vocabulary.Tests.Handover;

/// <summary>What readers are promised of phase times.</summary>
public sealed class RoundedTimeTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 64)]
    [InlineData(31, 64)]
    [InlineData(96, 128)]
    [InlineData(1_000, 1_024)]
    [InlineData(9_000, 9_216)]
    [InlineData(40_000, 40_960)]
    [InlineData(30_000_000, 30_408_704)]
    [InlineData(RoundedTime.Longest, 32_505_856)]
    public void A_time_is_read_back_rounded(int micros, int read) =>
        Assert.Equal(read, RoundedTime.Micros(RoundedTime.Code(micros)));

    [Fact]
    public void It_is_off_by_one_part_in_32_at_most_and_by_32_microseconds_where_that_is_less()
    {
        var random = new Random(11);
        for (var run = 0; run < 100_000; run++)
        {
            var micros = Math.Min(RoundedTime.Longest, 32 + (random.Next() >> random.Next(6, 31)));

            var off = Math.Abs(RoundedTime.Micros(RoundedTime.Code(micros)) - micros);

            Assert.InRange(off, 0, Math.Max(32, micros / 32));
        }
    }

    [Fact]
    public void Every_code_is_its_own_time_and_a_longer_time_never_reads_as_shorter()
    {
        for (var code = 1; code < 256; code++)
        {
            var micros = RoundedTime.Micros((byte)code);

            Assert.Equal(code, RoundedTime.Code(micros));
            Assert.True(micros > RoundedTime.Micros((byte)(code - 1)));
        }
    }

    [Fact]
    public void What_no_byte_can_say_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RoundedTime.Code(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RoundedTime.Code(RoundedTime.Longest + 1));
    }
}
