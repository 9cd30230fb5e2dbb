using System.Buffers;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>Writes small numbers small: LEB128 for counts, length-prefixed ASCII for names. The caller owns the buffer.</summary>
public ref struct PackedWriter(ArrayBufferWriter<byte> buffer)
{
    private readonly ArrayBufferWriter<byte> _buffer = buffer;

    /// <summary>One byte.</summary>
    public readonly void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    /// <summary>A count, 0 or more; <see cref="PackedReader.Count"/> takes at most 31 bits back, <see cref="PackedReader.Long"/> 35.</summary>
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

    /// <summary>Eight bytes, big-endian.</summary>
    public readonly void Fixed(ulong value)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
    }

    /// <summary>An ASCII name.</summary>
    public readonly void Name(string value)
    {
        Count(value.Length);
        _buffer.Advance(System.Text.Encoding.ASCII.GetBytes(value, _buffer.GetSpan(value.Length)));
    }
}
