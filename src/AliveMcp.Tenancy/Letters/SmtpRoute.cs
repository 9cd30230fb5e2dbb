using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.Letters;

/// <summary>Hands letters to the mail server of the settings.</summary>
public sealed class SmtpRoute(IOptions<MailOptions> options, TimeProvider clock)
{
    /// <summary>Whether there is a mail server at all.</summary>
    public bool IsOpen => options.Value.Host is not null;

    /// <summary>Hands one letter over; it is the server's from then on.</summary>
    /// <exception cref="SmtpException">The server refused it, cannot be reached, or does not speak TLS.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public async Task SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var patience = new CancellationTokenSource(settings.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var client = new SmtpClient(settings.Host, settings.Port)
        {
            EnableSsl = settings.Security == "starttls",
            UseDefaultCredentials = false,
            Credentials = settings.User is null ? null : new NetworkCredential(settings.User, settings.Password),
        };
        using var mail = new MailMessage(new MailAddress(settings.From!, "AliveMCP"), new MailAddress(letter.To.Text))
        {
            Subject = letter.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = letter.Text,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
            IsBodyHtml = false,
        };
        // Nobody answers a machine's letter with "I am on holiday".
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        foreach (var (name, value) in letter.Headers)
        {
            mail.Headers.Add(name, value);
        }

        if (letter.Html is { } html)
        {
            // Readers take the last form that they know.
            var view = AlternateView.CreateAlternateViewFromString(html, Encoding.UTF8, MediaTypeNames.Text.Html);
            view.TransferEncoding = TransferEncoding.QuotedPrintable;
            mail.AlternateViews.Add(view);
        }

        await client.SendMailAsync(mail, either.Token);
    }
}
