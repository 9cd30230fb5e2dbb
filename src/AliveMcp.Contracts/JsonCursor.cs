using System.Buffers;
using System.Text.Json;

namespace AliveMcp.Contracts;

/// <summary>Steps through JSON that a parser has accepted before: nothing is checked again, only the ends of things are looked for.</summary>
internal ref struct JsonCursor(ReadOnlySpan<byte> text)
{
    private static readonly SearchValues<byte> WordEnds = SearchValues.Create(" \t\r\n,]}"u8);

    /// <summary>Printable ASCII but the quote and the backslash: what stands in a string for itself.</summary>
    private static readonly SearchValues<byte> Plain = SearchValues.Create([
        .. Enumerable.Range(' ', 0x7F - ' ').Except(['"', '\\']).Select(character => (byte)character),
    ]);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private int _depth;

    /// <summary>The first byte of what comes next, white space passed.</summary>
    public byte Peek()
    {
        while (_text[_at] <= (byte)' ')
        {
            _at++;
        }

        return _text[_at];
    }

    /// <summary>Passes the sign if it comes next.</summary>
    public bool TryPass(byte sign)
    {
        if (Peek() != sign)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Passes an opening bracket.</summary>
    /// <exception cref="JsonException">Nested deeper than <see cref="CanonicalJson.MaxDepth"/>.</exception>
    public void Enter()
    {
        _at++;
        if (++_depth > CanonicalJson.MaxDepth)
        {
            throw new JsonException($"Nested deeper than {CanonicalJson.MaxDepth}.");
        }
    }

    /// <summary>Passes the closing bracket if it comes next.</summary>
    public bool TryLeave(byte bracket)
    {
        if (!TryPass(bracket))
        {
            return false;
        }

        _depth--;
        return true;
    }

    /// <summary>The inside of the string that comes next.</summary>
    /// <param name="plain">It is ASCII without an escape: nearly every string, found out in the same look.</param>
    public ReadOnlySpan<byte> TakeString(out bool plain)
    {
        Peek();
        var start = ++_at;
        _at += _text[_at..].IndexOfAnyExcept(Plain);
        plain = _text[_at] == '"';
        while (_text[_at] != '"')
        {
            _at += _text[_at] == '\\' ? 2 : 0;
            _at += _text[_at..].IndexOfAny((byte)'"', (byte)'\\');
        }

        return _text[start.._at++];
    }

    /// <summary>The number, <c>true</c>, <c>false</c> or <c>null</c> that comes next.</summary>
    public ReadOnlySpan<byte> TakeWord()
    {
        Peek();
        var rest = _text[_at..];
        var length = rest.IndexOfAny(WordEnds);
        var word = length < 0 ? rest : rest[..length];
        _at += word.Length;
        return word;
    }
}
