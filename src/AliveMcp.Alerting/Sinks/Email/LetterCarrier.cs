using System.Net.Mail;
using AliveMcp.Tenancy.Letters;

namespace AliveMcp.Alerting.Sinks.Email;

/// <summary>Hands letters to the install's mail server and says what came of it, alike for owners and for visitors.</summary>
internal sealed class LetterCarrier(SmtpRoute route)
{
    public async Task<SinkAnswer> SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        if (!route.IsOpen)
        {
            return new SinkAnswer(SinkOutcome.Later, Status: null, "This install has no mail server now.");
        }

        try
        {
            await route.SendAsync(letter, cancellationToken);
            return new SinkAnswer(SinkOutcome.Delivered, Status: 250, "Taken by the mail server.");
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

    /// <summary>Whether an answer says that nobody has this mailbox.</summary>
    public static bool IsNobody(SinkAnswer answer) =>
        answer is { Outcome: SinkOutcome.Refused, Status: 550 or 551 or 553 };

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
