using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Sinks.Email;

namespace AliveMcp.Alerting.Subscriptions.Notices;

/// <summary>The letters that visitors get. Pure.</summary>
internal static class NoticeLetter
{
    private const string Why = "AliveMCP sends this because somebody confirmed that this address wants to hear of it.";

    public static EmailMessage Of(AlertMessage message, Uri? stop)
    {
        var view = MessageView.OfPublic(message);
        var subject =
            MessageWords.IsOver(message) && !MessageWords.IsUnwatched(message)
                ? $"[Resolved] {view.Headline}"
                : view.Headline;
        if (message.Type == AlertType.Updated.Word())
        {
            subject = $"[Update] {subject}";
        }

        return EmailMessage.Of(subject, view, view.Links, (Why, stop));
    }

    /// <summary>It goes to an address of which nobody knows whose it is: nothing in it is a stranger's word, not even the server's name.</summary>
    /// <param name="confirm">The link that opens the page with the button.</param>
    /// <param name="site">This install.</param>
    public static EmailMessage OfAsking(Uri confirm, Uri site)
    {
        var view = new MessageView
        {
            Headline = "Do you want to hear of trouble?",
            Summary =
                $"Somebody asked on a status page at {site.Host} that this address hears when a server is in trouble, and when it is over. If it was you, open the link and say yes; there you see which server.",
            Details =
                "The link is good for 24 hours and for one answer. If you do not know what this is about, do nothing: nothing else comes, and the address is forgotten.",
            Tone = MessageTone.Neutral,
            Facts = [],
            Links = [("See what it is and say yes", confirm)],
        };
        return EmailMessage.Of(
            "Do you want to hear of trouble?",
            view,
            view.Links,
            ("AliveMCP sends this once, because somebody typed this address on a status page.", null)
        );
    }
}
