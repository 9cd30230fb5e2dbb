using System.Buffers;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>Writes small numbers small: LEB128 for counts, length-prefixed ASCII for names. The caller owns the buffer.</summary>
internal ref struct PackedWriter(ArrayBufferWriter<byte> buffer)
{
    private readonly ArrayBufferWriter<byte> _buffer = buffer;

    public readonly void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public readonly void Count(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        var rest = (ulong)value;
        while (rest >= 0x80)
        {
            Byte((byte)(rest | 0x80));
            rest >>= 7;
        }

        Byte((byte)rest);
    }

    public readonly void Fixed(ulong value)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
    }

    public readonly void Name(string value)
    {
        Count(value.Length);
        _buffer.Advance(System.Text.Encoding.ASCII.GetBytes(value, _buffer.GetSpan(value.Length)));
    }
}
