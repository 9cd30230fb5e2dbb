using System.Globalization;
using System.Text;

namespace AliveMcp.Probing.Transports;

/// <summary>
/// Cuts an event stream into events by the WHATWG rules: CR, LF and CRLF end a line, one leading BOM is dropped, <c>data</c> lines are joined by LF,
/// an event without data is none, an event that the stream's end cuts off is dropped. Bytes may come in pieces of any size.
/// </summary>
internal sealed class SseParser : IDisposable
{
    // Bytes of an event's type that are worth keeping.
    private const int MostType = 256;

    // An id goes back in a header; nobody needs one as long as this.
    private const int MostId = 1024;

    private readonly PooledBytes _line = new(256);
    private PooledBytes _data = new();
    private bool _hasData;
    private bool _dispatched;
    private bool _skipLineFeed;
    private int _bomSeen;
    private string? _event;
    private string? _id;

    /// <summary>Type of the event that <see cref="TryNext"/> found last; <c>message</c> unless the stream names one.</summary>
    public string EventType { get; private set; } = "message";

    /// <summary>Data of the event that <see cref="TryNext"/> found last; good until its next call, or until <see cref="TakeData"/>.</summary>
    public ReadOnlyMemory<byte> Data => _data.Written;

    /// <summary>The newest id that an event carried, data or not, fit for <c>Last-Event-ID</c>; null while there was none.</summary>
    public string? LastEventId { get; private set; }

    /// <summary>How long to wait before asking for the rest, as the stream said last; null when it did not.</summary>
    public TimeSpan? Retry { get; private set; }

    /// <summary>Reads on until one event is whole. False: <paramref name="rest"/> is used up, feed more.</summary>
    public bool TryNext(ref ReadOnlySpan<byte> rest)
    {
        if (_dispatched)
        {
            _dispatched = false;
            _data.Clear();
        }

        SkipBom(ref rest);
        while (!rest.IsEmpty)
        {
            if (_skipLineFeed)
            {
                _skipLineFeed = false;
                if (rest[0] == '\n')
                {
                    rest = rest[1..];
                    continue;
                }
            }

            var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
            {
                _line.Append(rest);
                rest = [];
                return false;
            }

            var piece = rest[..end];
            _skipLineFeed = rest[end] == '\r';
            rest = rest[(end + 1)..];
            if (TakeLine(piece))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Hands the buffer of the event found last over to the caller, who gives it back.</summary>
    public PooledBytes TakeData()
    {
        var taken = _data;
        _data = new PooledBytes();
        return taken;
    }

    public void Dispose()
    {
        _line.Dispose();
        _data.Dispose();
    }

    private void SkipBom(ref ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> bom = [0xEF, 0xBB, 0xBF];
        while (_bomSeen < 3 && !rest.IsEmpty)
        {
            if (rest[0] != bom[_bomSeen])
            {
                // It only looked like one: the bytes belong to the first line.
                _line.Append(bom[.._bomSeen]);
                _bomSeen = 3;
                return;
            }

            _bomSeen++;
            rest = rest[1..];
        }
    }

    private bool TakeLine(ReadOnlySpan<byte> piece)
    {
        if (_line.Length == 0)
        {
            return Process(piece);
        }

        _line.Append(piece);
        var whole = Process(_line.WrittenSpan);
        _line.Clear();
        return whole;
    }

    private bool Process(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            return Dispatch();
        }

        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? [] : line[(colon + 1)..];
        if (!value.IsEmpty && value[0] == ' ')
        {
            value = value[1..];
        }

        if (name.SequenceEqual("data"u8))
        {
            _data.Append(value);
            _data.Append("\n"u8);
            _hasData = true;
        }
        else if (name.SequenceEqual("event"u8))
        {
            _event =
                value.IsEmpty || value.SequenceEqual("message"u8)
                    ? null
                    : Encoding.UTF8.GetString(value[..Math.Min(value.Length, MostType)]);
        }
        else if (name.SequenceEqual("id"u8))
        {
            // An id with a NUL is ignored by the rules; one that no header may carry is of no use either.
            _id =
                value.Length <= MostId && !value.ContainsAnyExceptInRange((byte)' ', (byte)'~')
                    ? Encoding.ASCII.GetString(value)
                    : _id;
        }
        else if (name.SequenceEqual("retry"u8))
        {
            Retry = Milliseconds(value) ?? Retry;
        }

        return false;
    }

    private static TimeSpan? Milliseconds(ReadOnlySpan<byte> digits) =>
        !digits.IsEmpty
        && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? TimeSpan.FromMilliseconds(count)
            : null;

    private bool Dispatch()
    {
        var (hasData, type) = (_hasData, _event);
        _hasData = false;
        _event = null;
        LastEventId =
            _id is { Length: > 0 } id ? id
            : _id is null ? LastEventId
            : null;
        if (!hasData)
        {
            return false;
        }

        // The last line's own LF is not part of the data. An event of empty data primes a resumable stream and says nothing.
        _data.Drop();
        if (_data.Length == 0)
        {
            return false;
        }

        EventType = type ?? "message";
        _dispatched = true;
        return true;
    }
}
