using System.Text;

namespace AliveMcp.House.Tests.Sources;

/// <summary>
/// C# text with the insides of comments, strings and characters blanked out, line for line, so that what is left is code.
/// A reader of braces and words, not a compiler: it knows where text begins and ends in every kind of literal, and nothing else.
/// </summary>
internal sealed class CodeMask
{
    private readonly string _text;
    private readonly StringBuilder _masked;
    private int _at;

    private CodeMask(string text)
    {
        _text = text;
        _masked = new StringBuilder(text);
    }

    public static string Of(string text)
    {
        var mask = new CodeMask(text);
        mask.ReadCode(untilBrace: false);
        return mask._masked.ToString();
    }

    /// <summary>Reads code to the end, or to the brace that closes an interpolation.</summary>
    private void ReadCode(bool untilBrace)
    {
        var depth = 0;
        while (_at < _text.Length)
        {
            if (ReadComment() || ReadLiteral())
            {
                continue;
            }

            if (untilBrace && Next == '{')
            {
                depth++;
            }
            else if (untilBrace && Next == '}' && depth-- == 0)
            {
                return;
            }

            _at++;
        }
    }

    private bool ReadComment()
    {
        if (Starts("//"))
        {
            BlankTo(IndexOf("\n"));
            return true;
        }

        if (Starts("/*"))
        {
            BlankTo(Math.Min(IndexOf("*/") + 2, _text.Length));
            return true;
        }

        return false;
    }

    private bool ReadLiteral()
    {
        if (Next == '\'')
        {
            ReadQuoted('\'', interpolated: false, verbatim: false);
            return true;
        }

        var start = _at;
        while (start < _text.Length && (_text[start] is '$' or '@'))
        {
            start++;
        }

        if (start >= _text.Length || _text[start] != '"')
        {
            return false;
        }

        var prefix = _text[_at..start];
        _at = start;
        var quotes = Run('"');
        if (quotes >= 3)
        {
            ReadRaw(quotes, prefix.Count(sign => sign == '$'));
        }
        else
        {
            ReadQuoted('"', prefix.Contains('$'), prefix.Contains('@'));
        }

        return true;
    }

    private void ReadQuoted(char quote, bool interpolated, bool verbatim)
    {
        _at++;
        while (_at < _text.Length)
        {
            if (Next == quote && !(verbatim && Starts("\"\"")))
            {
                _at++;
                return;
            }

            if (interpolated && Next == '{' && !Starts("{{"))
            {
                ReadInterpolation(1);
                continue;
            }

            var isPair = (!verbatim && Next == '\\') || (verbatim && Starts("\"\"")) || (interpolated && Starts("{{"));
            Blank(isPair ? 2 : 1);
        }
    }

    private void ReadRaw(int quotes, int dollars)
    {
        _at += quotes;
        while (_at < _text.Length)
        {
            if (Run('"') >= quotes)
            {
                _at += Run('"');
                return;
            }

            if (dollars > 0 && Run('{') >= dollars)
            {
                Blank(Run('{') - dollars);
                ReadInterpolation(dollars);
                continue;
            }

            Blank(1);
        }
    }

    /// <summary>The braces of an interpolation are blanked with its literal; the code inside stays.</summary>
    private void ReadInterpolation(int braces)
    {
        Blank(braces);
        ReadCode(untilBrace: true);
        Blank(braces);
    }

    private char Next => _text[_at];

    private bool Starts(string sign) => string.CompareOrdinal(_text, _at, sign, 0, sign.Length) == 0;

    private int IndexOf(string sign)
    {
        var found = _text.IndexOf(sign, _at, StringComparison.Ordinal);
        return found < 0 ? _text.Length : found;
    }

    private int Run(char sign)
    {
        var end = _at;
        while (end < _text.Length && _text[end] == sign)
        {
            end++;
        }

        return end - _at;
    }

    private void BlankTo(int end) => Blank(end - _at);

    private void Blank(int count)
    {
        for (var end = Math.Min(_at + count, _text.Length); _at < end; _at++)
        {
            if (_text[_at] is not '\n')
            {
                _masked[_at] = ' ';
            }
        }
    }
}
