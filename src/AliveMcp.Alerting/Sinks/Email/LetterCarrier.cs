using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using AliveMcp.Tenancy.Letters;

namespace AliveMcp.Alerting.Sinks.Email;

/// <summary>Hands letters to the install's mail server and says what came of it, alike for owners and for visitors.</summary>
internal sealed class LetterCarrier(SmtpRoute route)
{
    public async Task<SinkAnswer> SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        if (!route.IsOpen)
        {
            return new SinkAnswer(SinkOutcome.Later, Status: null, "This install has no mail server now.")
            {
                IsOurs = true,
            };
        }

        try
        {
            await route.SendAsync(letter, cancellationToken);
            return new SinkAnswer(SinkOutcome.Delivered, Status: 250, "Taken by the mail server.");
        }
        catch (SmtpException fault)
        {
            return AnswerOf(fault) with { IsOurs = !IsOfReader(fault), MayHaveLeft = MayHaveLeft(fault) };
        }
        catch (Exception fault)
            when (fault is IOException
                || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return new SinkAnswer(SinkOutcome.Later, Status: null, "The mail server did not answer in time.")
            {
                IsOurs = true,
                MayHaveLeft = true,
            };
        }
    }

    /// <summary>Whether an answer says that nobody has this mailbox.</summary>
    public static bool IsNobody(SinkAnswer answer) =>
        answer is { Outcome: SinkOutcome.Refused, Status: 550 or 551 or 553, IsOurs: false };

    /// <summary>Only what is said of a recipient is about the reader, and not where it is a policy (x.7.y): then it is we who are kept out.</summary>
    private static bool IsOfReader(SmtpException fault) =>
        fault is SmtpFailedRecipientException
        && !fault.Message.Contains(" 5.7.", StringComparison.Ordinal)
        && !fault.Message.Contains(" 4.7.", StringComparison.Ordinal);

    /// <summary>Without an answer, and not before there was a line to send it over.</summary>
    private static bool MayHaveLeft(SmtpException fault) =>
        (int)fault.StatusCode < 400 && fault.InnerException is not (null or SocketException or AuthenticationException);

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
