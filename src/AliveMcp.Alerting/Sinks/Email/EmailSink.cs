using System.Globalization;
using System.Net.Mail;
using System.Text;
using AliveMcp.Alerting.Messages;
using AliveMcp.Tenancy.Letters;
using AliveMcp.Tenancy.SignIn;
using Microsoft.Extensions.Options;

namespace AliveMcp.Alerting.Sinks.Email;

/// <summary>Hands letters to the install's mail server. What is told of one incident is one conversation: later letters refer to the first.</summary>
internal sealed class EmailSink(SmtpRoute route, AcknowledgeLinks links, IOptions<SignInOptions> options) : ISink
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

        if (!route.IsOpen)
        {
            return new SinkAnswer(SinkOutcome.Later, Status: null, "This install has no mail server now.");
        }

        var (name, rendered) = (NameOf(sink, message), EmailMessage.Of(message, acknowledge, stop));
        var letter = new Letter(to, rendered.Subject, rendered.Text)
        {
            Html = rendered.Html,
            Headers = [.. HeadersOf(name, stop, thread)],
        };
        return await HandOverAsync(letter, name, thread, cancellationToken);
    }

    private async Task<SinkAnswer> HandOverAsync(
        Letter letter,
        string name,
        string? thread,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await route.SendAsync(letter, cancellationToken);
            return new SinkAnswer(SinkOutcome.Delivered, Status: 250, "Taken by the mail server.")
            {
                RequestId = name,
                Thread = thread is null ? name : null,
            };
        }
        catch (SmtpException fault)
        {
            return AnswerOf(fault);
        }
        catch (Exception fault)
            when (fault is IOException
                || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return new SinkAnswer(SinkOutcome.Later, Status: null, "The mail server did not answer in time.");
        }
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

    /// <summary>What the server says of an address may repeat it: its number is enough.</summary>
    private static SinkAnswer AnswerOf(SmtpException fault)
    {
        var status = (int)fault.StatusCode;
        return status switch
        {
            550 or 551 or 553 => new SinkAnswer(
                SinkOutcome.Refused,
                status,
                $"{status}: the mailbox does not exist or takes no mail."
            ),
            >= 500 and < 600 => new SinkAnswer(
                SinkOutcome.Refused,
                status,
                $"{status}: the mail server refused the letter."
            ),
            >= 400 => new SinkAnswer(SinkOutcome.Later, status, $"{status}: the mail server does not take it now."),
            _ => new SinkAnswer(
                SinkOutcome.Later,
                Status: null,
                "The mail server cannot be reached, or does not speak TLS."
            ),
        };
    }
}
