using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AliveMcp.Prober.Cell;

/// <summary>Writes frames as <see cref="FrameReader"/> reads them, each in one piece. One thread at a time.</summary>
internal sealed class FrameWriter(Stream stream, int largest) : IDisposable
{
    private const int Kept = 1024 * 1024;
    private readonly Utf8JsonWriter _json = new(Stream.Null);
    private ArrayBufferWriter<byte> _buffer = new(16 * 1024);

    /// <exception cref="InvalidDataException">It is longer than a frame may be; nothing is written.</exception>
    /// <exception cref="IOException">Nobody reads any more.</exception>
    public void Write<T>(T message, JsonTypeInfo<T> type)
    {
        _buffer.ResetWrittenCount();
        _buffer.GetSpan(sizeof(uint));
        _buffer.Advance(sizeof(uint));
        _json.Reset(_buffer);
        JsonSerializer.Serialize(_json, message, type);
        _json.Flush();
        var length = _buffer.WrittenCount - sizeof(uint);
        if (length > largest)
        {
            throw new InvalidDataException($"A frame of {length} bytes; {largest} are allowed.");
        }

        Send(length);
        if (_buffer.Capacity > Kept)
        {
            _buffer = new ArrayBufferWriter<byte>(16 * 1024);
        }
    }

    public void Dispose() => _json.Dispose();

    private void Send(int length)
    {
        var frame = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_buffer.WrittenMemory);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.Span, (uint)length);
        stream.Write(frame.Span);
        stream.Flush();
    }
}
