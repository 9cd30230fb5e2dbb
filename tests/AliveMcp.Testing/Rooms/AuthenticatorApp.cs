using System.Globalization;
using System.Security.Cryptography;

namespace AliveMcp.Testing.Rooms;

/// <summary>The app on a person's phone: makes codes of a secret that was typed in (RFC 6238), written apart from our own.</summary>
public static class AuthenticatorApp
{
    /// <summary>Seconds that a code is good for.</summary>
    public const int Step = 30;

    /// <summary>The code of a moment.</summary>
    /// <param name="typed">Base32, spaces between.</param>
    /// <param name="step">Seconds since 1970 divided by <see cref="Step"/>.</param>
    public static string CodeOf(string typed, long step)
    {
        var counter = BitConverter.GetBytes(step);
        Array.Reverse(counter);
#pragma warning disable CA5350 // RFC 6238.
        var mac = HMACSHA1.HashData(Decode(typed), counter);
#pragma warning restore CA5350
        var at = mac[^1] & 15;
        var number = ((mac[at] & 127) << 24) | (mac[at + 1] << 16) | (mac[at + 2] << 8) | mac[at + 3];
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The bytes of a typed secret.</summary>
    public static byte[] Decode(string typed)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        ArgumentNullException.ThrowIfNull(typed);
        var bits = string.Concat(
            typed
                .Where(letter => letter != ' ')
                .Select(letter =>
                    Convert.ToString(alphabet.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')
                )
        );
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
