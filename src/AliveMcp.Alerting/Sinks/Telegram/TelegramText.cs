using System.Text;
using System.Text.Json.Nodes;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Sinks.Telegram;

/// <summary>
/// Text with its marks beside it, by place and length in UTF-16 units: nothing in the text is read as markup, so nothing has to be escaped.
/// https://core.telegram.org/bots/api#messageentity
/// </summary>
internal sealed class TelegramText(int longest)
{
    private readonly StringBuilder _text = new();

    public int Length => _text.Length;

    public JsonArray Entities { get; } = [];

    /// <summary>Puts a piece behind the others, cut to what is left; an empty one leaves nothing.</summary>
    /// <param name="piece">As it is to be read.</param>
    /// <param name="most">Of this piece, in UTF-16 units.</param>
    /// <param name="mark"><c>bold</c>, <c>pre</c>; null: none.</param>
    public TelegramText Add(string piece, int most = int.MaxValue, string? mark = null)
    {
        // One unit is an ellipsis at most, behind which nothing is of use.
        var room = Math.Min(most, longest - _text.Length);
        if (piece.Length > 0 && room > 1)
        {
            Put(CutText.Of(piece, room), mark, url: null);
        }

        return this;
    }

    /// <summary>A link by its label; whole, or not at all.</summary>
    public void Link(string label, Uri url)
    {
        // Telegram makes no link of a host without a dot: the address of such an install is written out, to be read.
        var isLinked = url.HostNameType == UriHostNameType.Dns && url.Host.Contains('.', StringComparison.Ordinal);
        var text = isLinked ? label : $"{label}: {url.AbsoluteUri}";
        if (_text.Length + text.Length <= longest)
        {
            Put(text, isLinked ? "text_link" : null, url);
        }
    }

    public override string ToString() => _text.ToString();

    private void Put(string text, string? mark, Uri? url)
    {
        if (mark is not null)
        {
            var entity = new JsonObject
            {
                ["type"] = mark,
                ["offset"] = _text.Length,
                ["length"] = text.Length,
            };
            if (url is not null)
            {
                entity["url"] = url.AbsoluteUri;
            }

            Entities.Add(entity);
        }

        _text.Append(text);
    }
}
