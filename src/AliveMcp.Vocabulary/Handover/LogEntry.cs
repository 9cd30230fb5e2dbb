using System.Buffers.Text;
using System.Text;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>
/// A member of a shard's log as it lies there: its name <c>server:minute</c>, a colon and the packed verdict. The bytes are in the log itself,
/// so that a reader takes a thousand minutes by one question.
/// </summary>
public readonly record struct LogEntry
{
    private const byte Colon = (byte)':';

    /// <summary>Whose minute it is.</summary>
    public required ServerId Server { get; init; }

    public required MinuteStamp Minute { get; init; }

    /// <summary>See <see cref="VerdictCodec"/>.</summary>
    public required ReadOnlyMemory<byte> Packed { get; init; }

    /// <summary>What every member of a server begins with.</summary>
    public static byte[] Beginning(ServerId server) => Encoding.ASCII.GetBytes($"{server}:");

    /// <summary>The member as it is written.</summary>
    public byte[] ToBytes() => [.. Encoding.ASCII.GetBytes(HandoverKeys.Member(Server, Minute)), Colon, .. Packed.Span];

    /// <summary>Reads a member; false when it names no minute.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> member, out LogEntry entry)
    {
        entry = default;
        var bytes = member.Span;
        var first = bytes.IndexOf(Colon);
        var second = first < 0 ? -1 : bytes[(first + 1)..].IndexOf(Colon);
        if (
            second < 0
            || !IsNumber(bytes[..first], out var server)
            || !IsNumber(bytes.Slice(first + 1, second), out var minute)
        )
        {
            return false;
        }

        entry = new LogEntry
        {
            Server = new ServerId(server),
            Minute = new MinuteStamp(minute),
            Packed = member[(first + second + 2)..],
        };
        return true;
    }

    private static bool IsNumber(ReadOnlySpan<byte> digits, out int number) =>
        Utf8Parser.TryParse(digits, out number, out var read)
        && read == digits.Length
        && number >= 0
        && char.IsAsciiDigit((char)digits[0]);
}
