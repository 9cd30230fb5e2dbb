using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AliveMcp.Tenancy.SignIn.Codes;

/// <summary>Time-based one-time codes (RFC 6238): HMAC-SHA-1, six digits, steps of 30 s, as every authenticator app has them.</summary>
internal static class Totp
{
    public const int SecretBytes = 20;
    private const int Digits = 6;
    private const int StepSeconds = 30;

    /// <summary>Phones' clocks are off: a code of the step before or after is good too.</summary>
    private const int Drift = 1;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of one step (RFC 4226, 5.3).</summary>
    public static string CodeOf(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 with SHA-1 is what authenticator apps speak; HMAC-SHA-1 is not broken by collisions.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        var offset = mac[^1] & 0x0F;
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac[offset..]) & 0x7FFF_FFFF;
        var modulus = (uint)Math.Pow(10, digits);
        return (number % modulus).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step whose code this is, newer than <paramref name="after"/>; null when it is none. All steps are compared, each in constant time.</summary>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long after)
    {
        var given = Encoding.UTF8.GetBytes(code.Replace(" ", "", StringComparison.Ordinal));
        long? found = null;
        var middle = StepOf(now);
        for (var step = middle - Drift; step <= middle + Drift; step++)
        {
            var isIt = CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(CodeOf(secret, step)));
            if (isIt && step > after)
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>For typing by hand: base32 in groups of four.</summary>
    public static string Spell(ReadOnlySpan<byte> secret)
    {
        var letters = Encode(secret);
        return string.Join(' ', letters.Chunk(4).Select(group => new string(group)));
    }

    /// <summary>What an authenticator app reads from the QR code.</summary>
    public static string Uri(ReadOnlySpan<byte> secret, string account) =>
        $"otpauth://totp/AliveMCP:{System.Uri.EscapeDataString(account)}?secret={Encode(secret)}&issuer=AliveMCP";

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Base32[(buffer >> bits) & 31]);
            }
        }

        return bits == 0 ? text.ToString() : text.Append(Base32[(buffer << (5 - bits)) & 31]).ToString();
    }
}
