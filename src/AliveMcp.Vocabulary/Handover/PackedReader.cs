using System.Buffers.Binary;
using System.Text;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>Reads what <see cref="PackedWriter"/> wrote. Anything else is a <see cref="FormatException"/>, never a wrong answer.</summary>
public ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Nothing is left.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>One byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>A count of at most 31 bits.</summary>
    public int Count() =>
        Long() is var value and <= int.MaxValue
            ? (int)value
            : throw new FormatException("A packed count is out of range.");

    /// <summary>A count of at most 35 bits.</summary>
    public long Long()
    {
        var value = 0L;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Byte();
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("A packed count does not end.");
    }

    /// <summary>Eight bytes, big-endian.</summary>
    public ulong Fixed() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    /// <summary>An ASCII name.</summary>
    public string Name() => Encoding.ASCII.GetString(NameBytes());

    /// <summary>An ASCII name as its bytes.</summary>
    public ReadOnlySpan<byte> NameBytes() => Take(Count());

    /// <summary>So many bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int length) => Take(length);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new FormatException("A packed record is cut short.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
