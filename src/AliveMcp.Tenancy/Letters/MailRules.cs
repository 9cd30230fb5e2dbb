using AliveMcp.Tenancy.SignIn;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.Letters;

/// <summary>Every fault of the mail settings at once.</summary>
internal sealed class MailRules : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Host is null)
        {
            return options.From is null && options.User is null
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    "Mail:Host is not set though other mail settings are; for example smtp.example.com."
                );
        }

        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(MailOptions options)
    {
        if (Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
        {
            yield return "Mail:Host is no host name; for example smtp.example.com.";
        }

        if (options.Port is < 1 or > 65535)
        {
            yield return $"Mail:Port is {options.Port}; for example 587.";
        }

        if (options.Port == 465)
        {
            yield return "Mail:Port 465 speaks TLS from the first byte, which is not supported; use the server's submission port, for example 587.";
        }

        if (options.Security is not ("starttls" or "none"))
        {
            yield return "Mail:Security is neither starttls nor none; for example starttls.";
        }

        if (!EmailAddress.TryParse(options.From, out _))
        {
            yield return "Mail:From is no address; for example alivemcp@example.com.";
        }

        if ((options.User is null) != (options.Password is null))
        {
            yield return "Mail:User and Mail:Password belong together: one is set and the other is not.";
        }

        if (options.User is not null && options.Security == "none")
        {
            yield return "Mail:Security is none and Mail:User is set: a password is never sent in the clear; for example starttls.";
        }

        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromMinutes(5))
        {
            yield return $"Mail:Timeout is {options.Timeout}; for example 00:00:20 (1 s to 5 min).";
        }
    }
}
