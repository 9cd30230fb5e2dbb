using System.Net.Sockets;

namespace AliveMcp.Probing.Transports;

/// <summary>
/// One connection's bytes, counted and with the time of the last write noted. Asynchronous only; owns the socket.
/// Socket errors leave it as <see cref="IOException"/>, which is what the HTTP stack expects of a stream.
/// </summary>
internal sealed class MeteredStream(Socket socket, WireMeter meter) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var reading = socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
        if (!reading.IsCompletedSuccessfully)
        {
            return CountAsync(reading);
        }

        var count = reading.GetAwaiter().GetResult();
        meter.Received(count);
        return new ValueTask<int>(count);
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            for (var rest = buffer; !rest.IsEmpty; )
            {
                rest = rest[await socket.SendAsync(rest, SocketFlags.None, cancellationToken)..];
            }
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }

        meter.Sent();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // SslStream flushes what it writes by the synchronous method too; there is nothing to flush.
    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            socket.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> CountAsync(ValueTask<int> reading)
    {
        try
        {
            var count = await reading;
            meter.Received(count);
            return count;
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}
