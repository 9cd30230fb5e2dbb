using System.Globalization;
using System.Numerics;

namespace AliveMcp.Contracts.Schemas;

/// <summary>A JSON number as it was written: digits and a power of ten, without a double's rounding. No trailing zeros in the digits.</summary>
internal readonly record struct ExactNumber : IComparable<ExactNumber>
{
    private const int LongestText = 400;
    private const int LargestExponent = 5_000;

    private readonly BigInteger _digits;
    private readonly int _exponent;
    private readonly int _count;

    private ExactNumber(BigInteger digits, int exponent, int count) =>
        (_digits, _exponent, _count) = (digits, exponent, count);

    public bool IsInteger => _exponent >= 0;

    public bool IsPositive => _digits.Sign > 0;

    /// <summary>Reads the text of a JSON number; false when it has more digits or a larger exponent than is worth weighing.</summary>
    public static bool TryParse(string text, out ExactNumber number)
    {
        number = default;
        var split = text.IndexOfAny(['e', 'E']);
        var exponent = 0;
        if (
            text.Length > LongestText
            || split >= 0
                && !int.TryParse(
                    text.AsSpan(split + 1),
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out exponent
                )
            || Math.Abs((long)exponent) > LargestExponent
        )
        {
            return false;
        }

        var mantissa = split < 0 ? text : text[..split];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }

        var isNegative = mantissa.StartsWith('-');
        var digits = mantissa.TrimStart('-').TrimStart('0');
        var kept = digits.TrimEnd('0');
        number =
            kept.Length == 0
                ? default
                : new ExactNumber(
                    BigInteger.Parse(kept, NumberStyles.None, CultureInfo.InvariantCulture) * (isNegative ? -1 : 1),
                    exponent + digits.Length - kept.Length,
                    kept.Length
                );
        return true;
    }

    public int CompareTo(ExactNumber other)
    {
        if (_digits.Sign != other._digits.Sign || _digits.IsZero)
        {
            return _digits.Sign.CompareTo(other._digits.Sign);
        }

        // Numbers of unlike size need no powers of ten, which could be thousands of digits long.
        var size = (_count + _exponent).CompareTo(other._count + other._exponent);
        if (size != 0)
        {
            return size * _digits.Sign;
        }

        var shift = _exponent - other._exponent;
        return shift >= 0
            ? (_digits * BigInteger.Pow(10, shift)).CompareTo(other._digits)
            : _digits.CompareTo(other._digits * BigInteger.Pow(10, -shift));
    }

    /// <summary>Whether this is the divisor some whole number of times. The divisor is not zero.</summary>
    public bool IsMultipleOf(ExactNumber divisor)
    {
        if (_digits.IsZero)
        {
            return true;
        }

        // Digits without trailing zeros cannot make up for a lower power of ten.
        var shift = _exponent - divisor._exponent;
        if (shift < 0)
        {
            return false;
        }

        var modulus = BigInteger.Abs(divisor._digits);
        return (BigInteger.Abs(_digits) * BigInteger.ModPow(10, shift, modulus) % modulus).IsZero;
    }
}
