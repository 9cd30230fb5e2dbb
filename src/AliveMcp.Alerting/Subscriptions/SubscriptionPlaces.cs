using AliveMcp.Tenancy.Letters;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.Options;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>Which places visitors may name here, and what works of it.</summary>
internal sealed class SubscriptionPlaces(
    ThingVault vault,
    SmtpRoute route,
    VisitorWeb web,
    IOptions<SignInOptions> site
)
{
    public SubscriptionWays Ways =>
        new(vault.IsReady && route.IsOpen && site.Value.PublicUrl is not null, vault.IsReady);

    /// <summary>Reads what a visitor typed; exactly one of both.</summary>
    public Result<SubscriptionWish> Read(string? email, string? webhook) =>
        (string.IsNullOrWhiteSpace(email), string.IsNullOrWhiteSpace(webhook)) switch
        {
            (false, true) when !Ways.ByEmail => SubscriptionProblems.NoMail,
            (true, false) when !Ways.ByWebhook => SubscriptionProblems.NoWebhooks,
            (false, true) => SubscriptionWish.OfEmail(email),
            (true, false) => SubscriptionWish.OfWebhook(webhook, web.Addresses),
            _ => SubscriptionProblems.OneOfTwo,
        };
}
