using System.IO.Compression;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Transports;

/// <summary>An answer's body, decompressed and never longer than allowed. Does not own the answer.</summary>
internal sealed class BoundedBody : IDisposable
{
    // Below this a high ratio is only a small text that compresses well.
    private const int RatioFloor = 64 * 1024;

    private readonly ProbeLimits _limits;
    private readonly CountingStream? _compressed;
    private readonly Stream _stream;
    private long _length;

    public BoundedBody(Stream raw, string? encoding, ProbeLimits limits)
    {
        _limits = limits;
        switch (encoding?.Trim().ToLowerInvariant())
        {
            case null or "" or "identity":
                _stream = raw;
                break;
            case "gzip" or "x-gzip":
                _compressed = new CountingStream(raw);
                _stream = new GZipStream(_compressed, CompressionMode.Decompress);
                break;
            case "br":
                _compressed = new CountingStream(raw);
                _stream = new BrotliStream(_compressed, CompressionMode.Decompress);
                break;
            default:
                _stream = raw;
                Fault = WireFault.HttpMalformed;
                Detail = $"content-encoding '{encoding}', expected gzip or br";
                break;
        }
    }

    /// <summary>Which limit was crossed; reading is over then.</summary>
    public WireFault Fault { get; private set; }

    public string? Detail { get; private set; }

    /// <summary>Hears what is read; null when nobody takes it down.</summary>
    public OpenExchange? Noted { get; init; }

    /// <summary>Reads some bytes. 0: the end, or <see cref="Fault"/>.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (Fault != WireFault.None)
        {
            return 0;
        }

        try
        {
            var count = await _stream.ReadAsync(buffer, cancellationToken);
            _length += count;
            Noted?.Hear(buffer.Span[..count]);
            Check();
            return Fault == WireFault.None ? count : 0;
        }
        catch (Exception e) when (WireFaults.TryRead(e, out var fault, out var detail))
        {
            (Fault, Detail) = (fault, detail);
            return 0;
        }
        catch (InvalidOperationException e) when (_compressed is not null)
        {
            // What Brotli says of a body that is none.
            (Fault, Detail) = (WireFault.HttpMalformed, e.Message);
            return 0;
        }
    }

    /// <summary>The limit of bytes holds for one answer; a stream that carries several starts anew with each.</summary>
    public void StartAnew() => _length = 0;

    /// <summary>Ours is the decompressor alone; the raw stream belongs to the response.</summary>
    public void Dispose()
    {
        if (_compressed is not null)
        {
            _stream.Dispose();
        }
    }

    private void Check()
    {
        if (
            _compressed is not null
            && _length > RatioFloor
            && _length > (long)_limits.CompressionRatio * Math.Max(1, _compressed.Count)
        )
        {
            Fault = WireFault.Flood;
            Detail = $"the body unpacks to more than {_limits.CompressionRatio} times its size";
        }
        else if (_length > _limits.BodyBytes)
        {
            Fault = WireFault.BodyTooLarge;
            Detail = $"the body is longer than {_limits.BodyBytes} bytes";
        }
    }
}
