using System.Buffers.Text;
using System.Globalization;

namespace AliveMcp.Contracts;

/// <summary>Numbers as ECMAScript's <c>Number::toString</c> prints them (RFC 8785 section 3.2.2.3).</summary>
internal static class EcmaNumber
{
    /// <summary>Enough for the longest: sign, 17 digits, point, exponent, or 21 digits, or six leading zeros.</summary>
    public const int MaxLength = 32;

    /// <summary>Reads a JSON number; false when no finite double holds it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> token, out double value) =>
        Utf8Parser.TryParse(token, out value, out var read) && read == token.Length && double.IsFinite(value);

    /// <summary>Writes a finite double.</summary>
    public static int Format(double value, Span<byte> output)
    {
        const double exact = 9_007_199_254_740_992;
        if (Math.Abs(value) < exact && Math.Truncate(value) == value)
        {
            Utf8Formatter.TryFormat((long)value, output, out var whole);
            return whole;
        }

        Span<byte> digits = stackalloc byte[MaxLength];
        var (count, point) = Shortest(Math.Abs(value), digits);
        var at = 0;
        if (value < 0)
        {
            output[at++] = (byte)'-';
        }

        return at + Lay(digits[..count], point, output[at..]);
    }

    /// <summary>The shortest digits that read back as the value, and how many of them stand before the point.</summary>
    private static (int Count, int Point) Shortest(double value, Span<byte> digits)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        // The platform finds the same shortest digits but lays them out differently: only the digits are taken.
        // At some powers of two (2^-958 is one) its digits are one too few and read back as the neighbour: then all 17 are needed.
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        if (!TryRead(text[..length], out var back) || back != value)
        {
            value.TryFormat(text, out length, "E16", CultureInfo.InvariantCulture);
        }

        var (count, point, exponent) = (0, -1, 0);
        for (var at = 0; at < length; at++)
        {
            switch (text[at])
            {
                case (byte)'.':
                    point = count;
                    break;
                case (byte)'E':
                    Utf8Parser.TryParse(text[(at + 1)..length], out exponent, out _);
                    length = at;
                    break;
                default:
                    digits[count++] = text[at];
                    break;
            }
        }

        point = (point < 0 ? count : point) + exponent;
        var leading = 0;
        while (digits[leading] == '0')
        {
            leading++;
        }

        digits[leading..count].CopyTo(digits);
        (count, point) = (count - leading, point - leading);
        while (count > 1 && digits[count - 1] == '0')
        {
            count--;
        }

        return (count, point);
    }

    /// <summary>Steps 5 to 10 of <c>Number::toString</c>: <paramref name="point"/> is its n, the digits are its s.</summary>
    private static int Lay(ReadOnlySpan<byte> digits, int point, Span<byte> output)
    {
        var count = digits.Length;
        if (count <= point && point <= 21)
        {
            digits.CopyTo(output);
            output[count..point].Fill((byte)'0');
            return point;
        }

        if (0 < point && point <= 21)
        {
            digits[..point].CopyTo(output);
            output[point] = (byte)'.';
            digits[point..].CopyTo(output[(point + 1)..]);
            return count + 1;
        }

        if (-6 < point && point <= 0)
        {
            "0."u8.CopyTo(output);
            output.Slice(2, -point).Fill((byte)'0');
            digits.CopyTo(output[(2 - point)..]);
            return 2 - point + count;
        }

        return LayExponent(digits, point - 1, output);
    }

    private static int LayExponent(ReadOnlySpan<byte> digits, int exponent, Span<byte> output)
    {
        var at = 0;
        output[at++] = digits[0];
        if (digits.Length > 1)
        {
            output[at++] = (byte)'.';
            digits[1..].CopyTo(output[at..]);
            at += digits.Length - 1;
        }

        output[at++] = (byte)'e';
        output[at++] = (byte)(exponent < 0 ? '-' : '+');
        Utf8Formatter.TryFormat(Math.Abs(exponent), output[at..], out var written);
        return at + written;
    }
}
