using AliveMcp.Tenancy.Letters;
using Microsoft.Extensions.Logging;

namespace AliveMcp.Tenancy.SignIn;

/// <summary>Sends links to people: by mail, or on an install without mail into its own log, for its owner alone.</summary>
internal sealed partial class SignInLetters(LetterBox box, SmtpRoute route, ILogger<SignInLetters> log)
{
    /// <summary>Whether letters go out at all.</summary>
    public bool GoOut => route.IsOpen;

    /// <param name="to">Who asked.</param>
    /// <param name="link">Signs in: secret.</param>
    /// <param name="maySend">Otherwise nothing is sent.</param>
    /// <param name="isInstallOwner">She may read the install's own log.</param>
    public void Send(EmailAddress to, Uri link, bool maySend, bool isInstallOwner)
    {
        var letter = new Letter(
            to,
            "Your sign-in link for AliveMCP",
            $"""
            Somebody, probably you, wants to sign in to AliveMCP at {link.Authority} as {to}.

            Open this link and press "Sign in". It is good for 15 minutes and works once:

            {link}

            If it was not you, do nothing: without this link nobody gets in.
            """
        );
        if (!maySend)
        {
            return;
        }

        if (route.IsOpen)
        {
            Post(letter);
        }
        else if (isInstallOwner)
        {
            LogLink(log, link);
        }
        else
        {
            LogNoMail(log);
        }
    }

    /// <summary>An invitation; false when there is no mail and the one who invites hands it over herself.</summary>
    public bool TryInvite(EmailAddress to, string tenant, string inviter, Uri link)
    {
        if (!route.IsOpen)
        {
            return false;
        }

        Post(
            new Letter(
                to,
                "You are invited to AliveMCP",
                $"""
                {inviter} invites you to {tenant} on AliveMCP at {link.Authority}.

                Open this link to join; it is good for 7 days and for this address alone:

                {link}

                If you do not know what this is about, do nothing.
                """
            )
        );
        return true;
    }

    private void Post(Letter letter)
    {
        if (!box.Post(letter))
        {
            LogFull(log);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Sign-in link of the install's owner, asked for just now, good once for 15 minutes: {Link}"
    )]
    private static partial void LogLink(ILogger log, Uri link);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A sign-in link was asked for and could not be sent: no mail server is set (Mail__Host, Mail__From)."
    )]
    private static partial void LogNoMail(ILogger log);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A letter was thrown away: a thousand wait already and the mail server takes none."
    )]
    private static partial void LogFull(ILogger log);
}
