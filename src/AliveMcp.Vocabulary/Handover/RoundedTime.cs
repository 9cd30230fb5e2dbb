using System.Numerics;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>
/// A time in one byte: steps of 64 µs up to 2 ms, from there on sixteen to a doubling. What is read back is off by at most one part in 32
/// or, below 1 ms, by 32 µs; something that took time never took none.
/// </summary>
public static class RoundedTime
{
    /// <summary>The longest time that one byte holds, µs: 33 s.</summary>
    public const int Longest = (31 << (Step + LastDoubling)) + (1 << (Step + LastDoubling - 1)) - 1;

    /// <summary>The shortest step, as a power of two of µs.</summary>
    private const int Step = 6;

    /// <summary>Codes of a doubling, as a power of two.</summary>
    private const int Codes = 4;

    private const int LastDoubling = 14;

    /// <exception cref="ArgumentOutOfRangeException">It is negative, or longer than <see cref="Longest"/>.</exception>
    public static byte Code(int micros)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(micros);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(micros, Longest);
        if (micros == 0)
        {
            return 0;
        }

        var doubling = Math.Max(0, BitOperations.Log2((uint)micros) - Codes - Step);
        var steps = (micros + (1 << (Step + doubling - 1))) >> (Step + doubling);

        // What is rounded up to the next doubling has its first code: 32 steps here are 16 there, and the sum is the same.
        return (byte)Math.Max(1, (doubling << Codes) + steps);
    }

    /// <summary>Microseconds.</summary>
    public static int Micros(byte code)
    {
        var doubling = Math.Max(0, (code >> Codes) - 1);
        return (code - (doubling << Codes)) << (Step + doubling);
    }
}
