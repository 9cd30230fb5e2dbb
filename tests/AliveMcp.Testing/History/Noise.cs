namespace AliveMcp.Testing.History;

/// <summary>Noise that is the same on every machine.</summary>
internal static class Noise
{
    /// <summary>Murmur3's finisher: neighbours land far apart.</summary>
    public static uint Mix(uint value)
    {
        value ^= value >> 16;
        value *= 0x85ebca6b;
        value ^= value >> 13;
        value *= 0xc2b2ae35;
        return value ^ (value >> 16);
    }
}
