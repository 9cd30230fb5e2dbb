using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace AliveMcp.Contracts;

/// <summary>
/// Writes canonical JSON from raw JSON in one pass: each object's members are written as they come and only then put in order,
/// so nothing is parsed into a tree and nothing is allocated but pooled buffers. Notes what clients may read differently.
/// </summary>
internal sealed class CanonicalWriter : IDisposable
{
    private readonly PooledBuffer<byte> _output = new(4096);
    private readonly PooledBuffer<byte> _scratch = new(1024);
    private readonly PooledBuffer<char> _keys = new(512);
    private readonly PooledBuffer<Member> _members = new(64);
    private readonly MemberOrder _order;

    public CanonicalWriter() => _order = new MemberOrder(_output, _keys);

    /// <summary>
    /// Integers of 2^53 and more are written as they stand instead of as the double they round to,
    /// so that two that share a double can still be told apart. RFC 8785 itself rounds.
    /// </summary>
    public bool ExactIntegers { get; init; }

    /// <summary>Told of every oddity, with the text at fault.</summary>
    public Action<Oddity, string>? OnOddity { get; init; }

    /// <summary>All that was written so far; good until the next write.</summary>
    public ReadOnlySpan<byte> Written => _output.Span;

    /// <summary>Appends one JSON value, which a parser has accepted before.</summary>
    /// <exception cref="JsonException">Nested deeper than <see cref="CanonicalJson.MaxDepth"/>.</exception>
    public void Write(ReadOnlySpan<byte> json)
    {
        var cursor = new JsonCursor(json);
        WriteValue(ref cursor);
    }

    /// <summary>Appends text that is canonical already.</summary>
    public void WriteRaw(ReadOnlySpan<byte> canonical) => _output.Append(canonical);

    public void Dispose()
    {
        _output.Dispose();
        _scratch.Dispose();
        _keys.Dispose();
        _members.Dispose();
    }

    private void WriteValue(ref JsonCursor cursor)
    {
        switch (cursor.Peek())
        {
            case (byte)'{':
                WriteObject(ref cursor);
                break;
            case (byte)'[':
                WriteArray(ref cursor);
                break;
            case (byte)'"':
                WriteText(ref cursor);
                break;
            case (byte)'t' or (byte)'f' or (byte)'n':
                _output.Append(cursor.TakeWord());
                break;
            default:
                WriteNumber(cursor.TakeWord());
                break;
        }
    }

    private void WriteArray(ref JsonCursor cursor)
    {
        _output.Append((byte)'[');
        cursor.Enter();
        var empty = true;
        while (!cursor.TryLeave((byte)']'))
        {
            WriteValue(ref cursor);
            cursor.TryPass((byte)',');
            _output.Append((byte)',');
            empty = false;
        }

        Close(empty, (byte)']');
    }

    private void WriteObject(ref JsonCursor cursor)
    {
        var (keysBefore, membersBefore) = (_keys.Length, _members.Length);
        _output.Append((byte)'{');
        var body = _output.Length;
        cursor.Enter();
        while (!cursor.TryLeave((byte)'}'))
        {
            WriteMember(ref cursor);
            cursor.TryPass((byte)',');
        }

        Order(body, _members.Span[membersBefore..]);
        Close(_output.Length == body, (byte)'}');
        (_keys.Length, _members.Length) = (keysBefore, membersBefore);
    }

    private void WriteMember(ref JsonCursor cursor)
    {
        var start = _output.Length;
        var key = WriteKey(cursor.TakeString(out var plain), plain);
        cursor.TryPass((byte)':');
        WriteValue(ref cursor);
        _output.Append((byte)',');
        _members.Append(new Member(key, start, _output.Length));
    }

    private MemberKey WriteKey(ReadOnlySpan<byte> inside, bool plain)
    {
        MemberKey key;
        if (plain)
        {
            // Its bytes are its characters, and canonical as they stand.
            key = MemberKey.Of(inside, _output.Length + 1);
            AppendQuoted(inside);
        }
        else
        {
            var start = _keys.Length;
            DecodeInto(_keys, inside);
            key = MemberKey.Of(_keys.Span[start..], start);
            WriteDecoded(_keys.Span[start..]);
        }

        _output.Append((byte)':');
        return key;
    }

    /// <summary>Puts the members that were written behind <paramref name="body"/> into the order of their keys.</summary>
    private void Order(int body, Span<Member> members)
    {
        if (_order.Holds(members))
        {
            return;
        }

        _order.Sort(members);
        _scratch.Length = 0;
        for (var at = 0; at < members.Length; at++)
        {
            // JSON.parse takes the last of duplicate keys, others take the first or refuse.
            if (at + 1 < members.Length && _order.CompareKeys(members[at], members[at + 1]) == 0)
            {
                OnOddity?.Invoke(Oddity.DuplicateKey, _order.TextOf(members[at].Key));
                continue;
            }

            _scratch.Append(_output.Span[members[at].Start..members[at].End]);
        }

        _output.Length = body;
        _output.Append(_scratch.Span);
    }

    /// <summary>Every entry left a comma behind itself: the last one becomes the bracket.</summary>
    private void Close(bool empty, byte bracket)
    {
        if (!empty)
        {
            _output.Length--;
        }

        _output.Append(bracket);
    }

    private void WriteNumber(ReadOnlySpan<byte> token)
    {
        // Nearly every number: a few digits are canonical as they stand.
        if (token.Length <= 15 && !token.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            _output.Append(token);
            return;
        }

        if (!EcmaNumber.TryRead(token, out var value))
        {
            OnOddity?.Invoke(Oddity.NumberOutOfRange, Encoding.ASCII.GetString(token));
            _output.Append(token);
            return;
        }

        const double beyond = 9_007_199_254_740_992;
        if (ExactIntegers && Math.Abs(value) >= beyond && token.IndexOfAny(".eE"u8) < 0)
        {
            OnOddity?.Invoke(Oddity.BigInteger, Encoding.ASCII.GetString(token));
            _output.Append(token);
            return;
        }

        Span<byte> text = stackalloc byte[EcmaNumber.MaxLength];
        _output.Append(text[..EcmaNumber.Format(value, text)]);
    }

    private void WriteText(ref JsonCursor cursor)
    {
        var inside = cursor.TakeString(out var plain);
        // Without an escape in it a string is canonical already.
        if (plain || (!inside.Contains((byte)'\\') && Utf8.IsValid(inside)))
        {
            AppendQuoted(inside);
            return;
        }

        var start = _keys.Length;
        DecodeInto(_keys, inside);
        WriteDecoded(_keys.Span[start..]);
        _keys.Length = start;
    }

    private void AppendQuoted(ReadOnlySpan<byte> inside)
    {
        var room = _output.Room(inside.Length + 2);
        room[0] = (byte)'"';
        inside.CopyTo(room[1..]);
        room[inside.Length + 1] = (byte)'"';
        _output.Advance(inside.Length + 2);
    }

    private void WriteDecoded(ReadOnlySpan<char> text)
    {
        if (!JsonText.Encode(text, _output))
        {
            OnOddity?.Invoke(Oddity.LoneSurrogate, text.ToString());
        }
    }

    private void DecodeInto(PooledBuffer<char> output, ReadOnlySpan<byte> inside)
    {
        if (!JsonText.Decode(inside, inside.Contains((byte)'\\'), output))
        {
            OnOddity?.Invoke(Oddity.InvalidUtf8, Encoding.UTF8.GetString(inside));
        }
    }
}
