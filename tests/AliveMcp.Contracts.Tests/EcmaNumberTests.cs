using System.Globalization;
using System.Text;

namespace AliveMcp.Contracts.Tests;

public sealed class EcmaNumberTests
{
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Every_vector_of_RFC_8785_appendix_B_is_printed_as_there(ulong bits, string text)
    {
        Assert.Equal(text, Format(BitConverter.UInt64BitsToDouble(bits)));
    }

    [Theory]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("1E30", "1e+30")]
    [InlineData("-0.0", "0")]
    [InlineData("1e-400", "0")]
    [InlineData("123456789012345678", "123456789012345680")]
    [InlineData("100000000000000000000", "100000000000000000000")]
    [InlineData("1000000000000000000000", "1e+21")]
    public void A_number_counts_by_its_value_not_by_its_spelling(string token, string text)
    {
        Assert.True(EcmaNumber.TryRead(Encoding.ASCII.GetBytes(token), out var value));
        Assert.Equal(text, Format(value));
    }

    [Fact]
    public void A_number_beyond_every_double_is_not_read()
    {
        Assert.False(EcmaNumber.TryRead("1e309"u8, out _));
    }

    [Fact]
    public void Every_power_of_two_and_its_neighbours_read_back_as_themselves()
    {
        for (var power = -1074; power < 1024; power++)
        {
            var value = Math.ScaleB(1, power);
            foreach (var near in new[] { value, Math.BitIncrement(value), Math.BitDecrement(value) })
            {
                Assert.Equal(near, double.Parse(Format(near), CultureInfo.InvariantCulture));
            }
        }

        Assert.Equal("4.1045368012983762e-289", Format(Math.ScaleB(1, -958)));
    }

    [Fact]
    public void Any_double_reads_back_as_itself()
    {
        var random = new Random(754);
        for (var round = 0; round < 100_000; round++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
            {
                Assert.Equal(value, double.Parse(Format(value), CultureInfo.InvariantCulture));
            }
        }
    }

    [Fact]
    public void Any_number_below_the_normal_ones_reads_back_as_itself()
    {
        var random = new Random(1074);
        for (var round = 0; round < 20_000; round++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(1, 1L << random.Next(1, 53)));
            Assert.Equal(value, double.Parse(Format(value), CultureInfo.InvariantCulture));
            Assert.Equal("-" + Format(value), Format(-value));
        }
    }

    [Fact]
    public void Fifteen_digits_come_out_as_they_went_in()
    {
        var random = new Random(15);
        for (var round = 0; round < 50_000; round++)
        {
            // Not divisible by ten, so that the last digit counts.
            var digits = (random.NextInt64(1, 100_000_000_000_000) * 10) + random.Next(1, 10);
            var value = double.Parse(
                string.Create(CultureInfo.InvariantCulture, $"{digits}e{random.Next(-290, 290)}"),
                CultureInfo.InvariantCulture
            );

            var printed = Format(value).Split('e')[0].Replace(".", "", StringComparison.Ordinal).Trim('0');

            Assert.Equal(digits.ToString(CultureInfo.InvariantCulture), printed);
        }
    }

    private static string Format(double value)
    {
        Span<byte> text = stackalloc byte[EcmaNumber.MaxLength];
        return Encoding.ASCII.GetString(text[..EcmaNumber.Format(value, text)]);
    }
}
