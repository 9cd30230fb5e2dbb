using System.Text;

namespace AliveMcp.Probing.Credentials;

/// <summary>
/// Takes one probe's own secrets out of whatever a server sends back: plain, in Base64 at any offset, in hex, escaped as JSON, in a URL or in HTML,
/// in either case of letters, and in pieces. It knows the secrets; <see cref="Evidence.Redaction"/> only knows what secrets look like.
/// </summary>
internal sealed class SecretMask
{
    public const string Mark = Evidence.Transcript.Redacted;

    // Shorter ones are no secrets, and masking them would only make text unreadable.
    private const int ShortestSecret = 4;

    // A long secret is known by any piece of this length, because messages like to quote the first few characters.
    private const int Piece = 8;

    private readonly HashSet<string> _added = new(StringComparer.Ordinal);
    private readonly HashSet<string> _pieces = new(StringComparer.Ordinal);
    private readonly SortedSet<int> _lengths = [];

    // Nearly no probe holds a secret, and thousands wait at a time: what a scan takes is taken with the first one.
    private SecretScan? _scan;

    /// <summary>A secret of ours, which no piece of may be shown either.</summary>
    public void Add(string? secret) => Add(secret, Piece);

    /// <summary>What others chose, a session's id for one: its pieces may be everyday words.</summary>
    public void AddWhole(string? secret) => Add(secret, int.MaxValue);

    private void Add(string? secret, int piece)
    {
        if (secret is not { Length: >= ShortestSecret } || !_added.Add(secret))
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(secret);
        Learn(secret, piece);
        Learn(Convert.ToHexString(bytes), piece);
        if (bytes.Length > secret.Length || secret.Contains(' ', StringComparison.Ordinal))
        {
            // What is no ASCII stands in a URL as its bytes, and a blank in a form as a plus.
            var raw = Encoding.Latin1.GetString(bytes);
            Learn(raw, piece);
            Learn(raw.Replace(' ', '+'), piece);
        }

        for (var offset = 0; offset < 3; offset++)
        {
            Learn(Base64Core(bytes, offset), piece);
        }
    }

    /// <summary>Whether a secret may be in the text: what says no need not be looked through by <see cref="Of"/>. Allocates nothing.</summary>
    public bool MayBeIn(ReadOnlySpan<byte> utf8) => _scan?.Finds(utf8) == true;

    /// <summary>The text with every secret, and every long enough piece of one, replaced by <see cref="Mark"/>.</summary>
    public string Of(string text)
    {
        if (_pieces.Count == 0 || text.Length < ShortestSecret)
        {
            return text;
        }

        var plain = PlainText.Of(text);
        var hidden = Hidden(plain.Characters);
        if (hidden is null)
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        for (var at = 0; at < hidden.Length; at++)
        {
            if (!hidden[at])
            {
                kept.Append(text, plain.Begin(at), plain.End(at) - plain.Begin(at));
            }
            else if (at == 0 || !hidden[at - 1])
            {
                kept.Append(Mark);
            }
        }

        return kept.ToString();
    }

    private bool[]? Hidden(string text)
    {
        bool[]? hidden = null;
        var pieces = _pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var length in _lengths)
        {
            for (var at = 0; at + length <= text.Length; at++)
            {
                if (pieces.Contains(text.AsSpan(at, length)))
                {
                    hidden ??= new bool[text.Length];
                    hidden.AsSpan(at, length).Fill(true);
                }
            }
        }

        return hidden;
    }

    private void Learn(string form, int piece)
    {
        var folded = string.Create(form.Length, form, static (to, from) => Fold(from, to));
        if (folded.Length < ShortestSecret)
        {
            return;
        }

        var length = Math.Min(folded.Length, piece);
        _lengths.Add(length);
        (_scan ??= new SecretScan()).Learn(Encoding.UTF8.GetBytes(folded));
        for (var at = 0; at + length <= folded.Length; at++)
        {
            _pieces.Add(folded.Substring(at, length));
        }
    }

    /// <summary>What every Base64 text has in common that holds the bytes at this offset: its ends depend on the neighbours.</summary>
    private static string Base64Core(byte[] secret, int offset)
    {
        var padded = new byte[offset + secret.Length];
        secret.CopyTo(padded, offset);
        var whole = padded.Length / 3 * 4;
        var first = offset == 0 ? 0 : offset + 1;
        return whole <= first ? "" : Convert.ToBase64String(padded)[first..whole];
    }

    private static void Fold(string from, Span<char> to)
    {
        for (var at = 0; at < from.Length; at++)
        {
            to[at] = PlainText.Folded(from[at]);
        }
    }
}
