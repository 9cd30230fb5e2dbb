using System.Buffers.Binary;

namespace AliveMcp.Prober.Cell;

/// <summary>Reads frames: four bytes of length, low byte first, then so many bytes. One thread at a time.</summary>
internal sealed class FrameReader(Stream stream, int largest)
{
    private const int Kept = 1024 * 1024;
    private byte[] _buffer = new byte[16 * 1024];

    /// <summary>Waits for the next frame.</summary>
    /// <param name="frame">Good until the next call.</param>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">A length that no frame has.</exception>
    /// <exception cref="EndOfStreamException">It ends within a frame.</exception>
    public bool TryRead(out ReadOnlyMemory<byte> frame)
    {
        frame = default;
        Span<byte> head = stackalloc byte[sizeof(uint)];
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read == 0)
        {
            return false;
        }

        if (read < head.Length)
        {
            throw new EndOfStreamException("The stream ends within a frame's length.");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(head);
        if (length == 0 || length > largest)
        {
            throw new InvalidDataException($"A frame of {length} bytes; 1 to {largest} are allowed.");
        }

        frame = Body((int)length);
        return true;
    }

    private ReadOnlyMemory<byte> Body(int length)
    {
        if (_buffer.Length < length || (_buffer.Length > Kept && length <= Kept))
        {
            // One large frame does not keep its room for ever.
            _buffer = new byte[Math.Max(length, 16 * 1024)];
        }

        stream.ReadExactly(_buffer, 0, length);
        return _buffer.AsMemory(0, length);
    }
}
