using System.Net;
using System.Text;
using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Sinks.Email;

/// <summary>A message as a letter: subject, plain text, HTML. Every word of a stranger's is encoded; nothing is loaded from anywhere. Pure.</summary>
internal sealed record EmailMessage(string Subject, string Text, string Html)
{
    private const int LongestSubject = 180;

    /// <param name="message">What.</param>
    /// <param name="acknowledge">The link that acknowledges; null: there is none.</param>
    /// <param name="stop">The link that stops these mails; null: this install has no address that a link could begin with.</param>
    public static EmailMessage Of(AlertMessage message, Uri? acknowledge, Uri? stop)
    {
        var view = MessageView.Of(message);
        IReadOnlyList<(string Label, Uri Url)> links = acknowledge is null
            ? view.Links
            : [("Acknowledge", acknowledge), .. view.Links];
        return Of(SubjectOf(message, view), view, links, (WhyOf(message), stop));
    }

    /// <param name="subject">One line.</param>
    /// <param name="view">What is shown.</param>
    /// <param name="links">The first is a button.</param>
    /// <param name="foot">Why it comes, and where it is stopped.</param>
    public static EmailMessage Of(
        string subject,
        MessageView view,
        IReadOnlyList<(string Label, Uri Url)> links,
        (string Why, Uri? Stop) foot
    ) => new(CutText.Of(subject, LongestSubject), TextOf(view, links, foot), HtmlOf(view, links, foot));

    private static string SubjectOf(AlertMessage message, MessageView view)
    {
        if (message.Kind == MessageWords.Proof)
        {
            return "Do you want AliveMCP's alerts at this address?";
        }

        if (MessageWords.IsPlain(message))
        {
            return view.Headline;
        }

        var mark = MessageWords.IsOver(message) ? "Resolved" : message.Severity;
        return $"[{mark}] {view.Headline}";
    }

    private static string TextOf(
        MessageView view,
        IReadOnlyList<(string Label, Uri Url)> links,
        (string Why, Uri? Stop) foot
    )
    {
        var text = new StringBuilder();
        text.Append(view.Headline).Append('\n');
        if (view.Summary.Length > 0)
        {
            text.Append('\n').Append(view.Summary).Append('\n');
        }

        if (view.Facts.Count > 0)
        {
            text.Append('\n');
        }

        foreach (var (label, value) in view.Facts)
        {
            text.Append(label).Append(": ").Append(value).Append('\n');
        }

        if (view.Details.Length > 0)
        {
            text.Append('\n').Append(view.Details).Append('\n');
        }

        foreach (var (label, url) in links)
        {
            text.Append('\n').Append(label).Append(": ").Append(url.AbsoluteUri);
        }

        text.Append("\n\n-- \n").Append(foot.Why).Append('\n');
        if (foot.Stop is not null)
        {
            text.Append("Stop these mails: ").Append(foot.Stop.AbsoluteUri).Append('\n');
        }

        return text.ToString();
    }

    private static string HtmlOf(
        MessageView view,
        IReadOnlyList<(string Label, Uri Url)> links,
        (string Why, Uri? Stop) foot
    )
    {
        var colour = MessageWords.ColourOf(view.Tone);
        var rows = string.Concat(
            view.Facts.Select(fact =>
                $"""
                    <tr><th align="left" valign="top" style="padding:6px 16px 6px 0;color:#475467;font-weight:600;white-space:nowrap">{Safe(
                        fact.Label
                    )}</th><td style="padding:6px 0;color:#101828;overflow-wrap:anywhere">{Safe(fact.Value)}</td></tr>
                    """
            )
        );
        var summary =
            view.Summary.Length == 0
                ? ""
                : $"""<p style="margin:8px 0 0;font-size:15px;line-height:22px;color:#101828;overflow-wrap:anywhere">{Safe(view.Summary)}</p>""";
        var facts =
            rows.Length == 0
                ? ""
                : $"""<table role="presentation" cellpadding="0" cellspacing="0" style="margin:20px 0 0;font-size:14px;line-height:20px">{rows}</table>""";
        var details =
            view.Details.Length == 0
                ? ""
                : $"""<pre style="margin:20px 0 0;padding:12px 14px;background:#f2f4f7;border-radius:6px;font:13px/19px ui-monospace,Consolas,monospace;color:#344054;white-space:pre-wrap;overflow-wrap:anywhere">{Safe(view.Details)}</pre>""";
        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Safe(
                view.Headline
            )}</title></head>
            <body style="margin:0;padding:24px 12px;background:#f2f4f7;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
            <div style="max-width:600px;margin:0 auto;background:#ffffff;border:1px solid #e4e7ec;border-top:4px solid {colour};border-radius:8px;padding:24px 28px">
            <h1 style="margin:0;font-size:20px;line-height:28px;color:{colour};overflow-wrap:anywhere">{Safe(
                view.Headline
            )}</h1>
            <p style="margin:8px 0 0;font-size:15px;line-height:22px;color:#101828;overflow-wrap:anywhere">{Safe(
                view.Summary
            )}</p>
            {facts}{details}{ButtonsOf(links)}
            </div>
            {FooterOf(foot.Why, foot.Stop)}
            </body></html>

            """;
    }

    private static string ButtonsOf(IReadOnlyList<(string Label, Uri Url)> links)
    {
        var buttons = links.Select(
            (link, place) =>
            {
                var look =
                    place == 0
                        ? "background:#1d2939;color:#ffffff;border:1px solid #1d2939"
                        : "background:#ffffff;color:#1d2939;border:1px solid #d0d5dd";
                return $"""<a href="{Safe(link.Url.AbsoluteUri)}" style="display:inline-block;margin:0 8px 8px 0;padding:9px 16px;border-radius:6px;font-size:14px;line-height:20px;font-weight:600;text-decoration:none;{look}">{Safe(link.Label)}</a>""";
            }
        );
        var all = string.Concat(buttons);
        return all.Length == 0 ? "" : $"""<div style="margin:24px 0 0">{all}</div>""";
    }

    private static string FooterOf(string why, Uri? stop)
    {
        var link = stop is null
            ? ""
            : $""" <a href="{Safe(stop.AbsoluteUri)}" style="color:#475467">Stop these mails</a>""";
        return $"""<p style="max-width:600px;margin:16px auto 0;padding:0 4px;font-size:12px;line-height:18px;color:#475467">{Safe(why)}{link}</p>""";
    }

    private static string WhyOf(AlertMessage message) =>
        message.Kind == MessageWords.Proof
            ? "AliveMCP sends this once, because somebody asked for alerts at this address."
            : "AliveMCP sends this because the address was confirmed for alerts.";

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
