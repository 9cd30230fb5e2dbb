using Microsoft.Extensions.Configuration;

namespace AliveMcp.Alerting.Subscriptions;

/// <summary>How visitors are told of trouble, section <c>Alerts:Subscriptions</c>.</summary>
public sealed class SubscriptionOptions
{
    /// <summary>Trouble that lasts no longer is not told. Default 3 min, 0 to 60 min.</summary>
    public TimeSpan Quiet { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Between what is told of one incident while it lasts. Default 15 min, 1 min to 24 h.</summary>
    public TimeSpan UpdateEvery { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Letters a second of each alerter: the mail server has owners' pages to carry too. Default 20, 1 to 1000.</summary>
    public int LettersASecond { get; set; } = 20;

    internal static SubscriptionOptions From(IConfiguration? configuration)
    {
        var read = configuration?.GetSection("Alerts:Subscriptions").Get<SubscriptionOptions>() ?? new();
        read.Quiet = Within(read.Quiet, TimeSpan.Zero, TimeSpan.FromHours(1));
        read.UpdateEvery = Within(read.UpdateEvery, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        read.LettersASecond = Math.Clamp(read.LettersASecond, 1, 1000);
        return read;
    }

    private static TimeSpan Within(TimeSpan value, TimeSpan least, TimeSpan most) =>
        value < least ? least
        : value > most ? most
        : value;
}
