namespace AliveMcp.Probing.Transports;

/// <summary>What one probe cost on the wire, over all of its connections.</summary>
internal sealed class WireMeter(TimeProvider clock)
{
    private long _bytes;
    private long _lastSent;

    /// <summary>Bytes received: bodies, headers and TLS records.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>When the last byte was handed to the network, as a timestamp of the clock.</summary>
    public long LastSent => Interlocked.Read(ref _lastSent);

    public void Received(int count) => Interlocked.Add(ref _bytes, count);

    public void Sent() => Interlocked.Exchange(ref _lastSent, clock.GetTimestamp());
}
