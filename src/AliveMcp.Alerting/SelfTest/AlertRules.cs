using Microsoft.Extensions.Options;

namespace AliveMcp.Alerting.SelfTest;

/// <summary>Every fault of the alert settings at once. The address may be as good as a password: it is not repeated.</summary>
internal sealed class AlertRules : IValidateOptions<AlertOptions>
{
    public ValidateOptionsResult Validate(string? name, AlertOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.HeartbeatUrl is null or { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo.Length: 0 }
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                "Alerts:HeartbeatUrl is no http or https address without a user; for example https://heartbeats.example.com/ping/alivemcp."
            );
    }
}
