using System.Globalization;
using System.Text;
using AliveMcp.Alerting.Messages;
using AliveMcp.Tenancy.Letters;
using AliveMcp.Tenancy.SignIn;
using Microsoft.Extensions.Options;

namespace AliveMcp.Alerting.Sinks.Email;

/// <summary>Hands letters to the install's mail server. What is told of one incident is one conversation: later letters refer to the first.</summary>
internal sealed class EmailSink(LetterCarrier letters, AcknowledgeLinks links, IOptions<SignInOptions> options) : ISink
{
    public const string StopPath = "/alerts/stop/";

    public SinkKind Kind => SinkKind.Email;

    public async Task<SinkAnswer> SendAsync(
        SinkAtHand sink,
        AlertMessage message,
        string? thread,
        CancellationToken cancellationToken
    )
    {
        if (sink.Secret is null)
        {
            return SinkAnswer.Shut;
        }

        var acknowledge = await links.MakeAsync(sink, message, cancellationToken);
        var stop = message.Kind == MessageWords.Proof ? null : StopOf(sink);
        if (!EmailAddress.TryParse(EmailSettings.AddressOf(sink.Settings), out var to))
        {
            return new SinkAnswer(SinkOutcome.Refused, Status: null, "The address is none.");
        }

        var (name, rendered) = (NameOf(sink, message), EmailMessage.Of(message, acknowledge, stop));
        var letter = new Letter(to, rendered.Subject, rendered.Text)
        {
            Html = rendered.Html,
            Headers = [.. HeadersOf(name, stop, thread)],
        };
        var answer = await letters.SendAsync(letter, cancellationToken);
        return answer.Outcome == SinkOutcome.Delivered
            ? answer with
            {
                RequestId = name,
                Thread = thread is null ? name : null,
            }
            : answer;
    }

    /// <summary>Where the reader stops these mails without signing in; null: this install has no address.</summary>
    private Uri? StopOf(SinkAtHand sink) =>
        options.Value.PublicUrl is { } origin && sink.Secret is { } secret
            ? new Uri(origin, $"{StopPath}{sink.Tenant}.{sink.SinkId}.{Encoding.ASCII.GetString(secret)}")
            : null;

    /// <summary>The same for the same message: a letter that was sent twice is shown once.</summary>
    private string NameOf(SinkAtHand sink, AlertMessage message)
    {
        var host = options.Value.PublicUrl?.Host ?? "alivemcp.invalid";
        var id = string.Concat(message.Id.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'));
        return string.Create(CultureInfo.InvariantCulture, $"<{id}.{sink.SinkId}@{host}>");
    }

    private static IEnumerable<(string, string)> HeadersOf(string name, Uri? stop, string? thread)
    {
        yield return ("Message-ID", name);
        if (thread is not null && thread != name && !thread.Any(char.IsControl))
        {
            yield return ("In-Reply-To", thread);
            yield return ("References", thread);
        }

        if (stop is not null)
        {
            yield return ("List-Unsubscribe", $"<{stop.AbsoluteUri}>");
            yield return ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
    }
}
