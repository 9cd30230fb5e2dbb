using System.Buffers;

namespace AliveMcp.Contracts;

/// <summary>
/// Copies canonical JSON without what its scopes leave out, in one pass and without a parser: canonical text has no white space,
/// its keys are in order, and a keyword has one spelling. Taking members out of an object keeps the others in their order.
/// </summary>
internal ref struct CanonicalSieve(ReadOnlySpan<byte> text, PooledBuffer<byte> output)
{
    private static readonly SearchValues<byte> Ends = SearchValues.Create(",]}"u8);
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"[]{}"u8);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private int _kept;

    /// <summary>Copies one value.</summary>
    public static void Copy(ReadOnlySpan<byte> canonical, Scope scope, PooledBuffer<byte> output)
    {
        var sieve = new CanonicalSieve(canonical, output);
        sieve.Pass(scope);
        sieve.Keep(sieve._at);
    }

    private void Pass(Scope scope)
    {
        switch (_text[_at])
        {
            case (byte)'{' when scope != Scope.Verbatim:
                PassObject(scope);
                break;
            case (byte)'[' when scope != Scope.Verbatim:
                PassArray(scope);
                break;
            default:
                Skip();
                break;
        }
    }

    private void PassArray(Scope scope)
    {
        _at++;
        while (_text[_at] != ']')
        {
            Pass(scope);
            _at += _text[_at] == ',' ? 1 : 0;
        }

        _at++;
    }

    private void PassObject(Scope scope)
    {
        _at++;
        var dropped = false;
        while (_text[_at] != '}')
        {
            var member = _at;
            SkipString();
            var below = Scopes.Below(scope, _text[(member + 1)..(_at - 1)]);
            _at++;
            dropped = below is null;
            if (dropped)
            {
                Keep(member);
                Skip();
            }
            else
            {
                Pass(below!.Value);
            }

            _at += _text[_at] == ',' ? 1 : 0;
            _kept = dropped ? _at : _kept;
        }

        // The comma in front of a last member that was left out has been copied already.
        if (dropped && output.Span[^1] == ',')
        {
            output.Length--;
        }

        _at++;
    }

    private void Keep(int end)
    {
        output.Append(_text[_kept..end]);
        _kept = end;
    }

    /// <summary>Steps over one value, whatever is in it.</summary>
    private void Skip()
    {
        switch (_text[_at])
        {
            case (byte)'"':
                SkipString();
                break;
            case (byte)'{' or (byte)'[':
                SkipNested();
                break;
            default:
                var length = _text[_at..].IndexOfAny(Ends);
                _at = length < 0 ? _text.Length : _at + length;
                break;
        }
    }

    private void SkipNested()
    {
        var depth = 0;
        do
        {
            _at += _text[_at..].IndexOfAny(Marks);
            if (_text[_at] == '"')
            {
                SkipString();
                continue;
            }

            depth += _text[_at++] is (byte)'{' or (byte)'[' ? 1 : -1;
        } while (depth > 0);
    }

    private void SkipString()
    {
        _at++;
        while (true)
        {
            _at += _text[_at..].IndexOfAny((byte)'"', (byte)'\\');
            if (_text[_at] == '"')
            {
                _at++;
                return;
            }

            _at += 2;
        }
    }
}
