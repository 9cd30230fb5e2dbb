using AliveMcp.Testing.Sinks;

namespace AliveMcp.Alerting.Tests.Subscriptions;

/// <summary>Whose trouble it is when a notice is not taken, and who is forgotten for it.</summary>
public sealed class FailingPlaceTests(SubscriptionHouse house) : IClassFixture<SubscriptionHouse>
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(4);

    [Theory]
    [InlineData("RCPT", "550 5.7.1 Your network is on a block list")]
    [InlineData("MAIL", "550 5.1.8 We know no such sender")]
    [InlineData("MAIL", "421 4.3.0 Not now")]
    [InlineData("DATA", "554 5.6.0 We take no such letters")]
    public async Task Trouble_of_our_own_mail_costs_no_reader(string command, string answer)
    {
        var server = await house.ServerAsync();
        await house.SubscribeAsync(server, $"keeps{server.Server}@example.com");
        house.Mail.Refuses = line => line.StartsWith(command, StringComparison.Ordinal) ? answer : null;

        await TwiceAsync(server, TimeSpan.FromDays(8));

        house.Mail.Refuses = null;
        Assert.Equal(1, await house.CountAsync(server, "failing_since IS NULL AND missing_since IS NULL"));
    }

    [Fact]
    public async Task An_unknown_mailbox_is_forgotten_after_a_day()
    {
        var server = await house.ServerAsync();
        await house.SubscribeAsync(server, "unknown@example.com");
        house.Mail.Refuses = line =>
            line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 Nobody has this mailbox" : null;

        await house.IncidentAsync(server, Long);
        await house.TellAsync();
        var marked = await house.CountAsync(server, "missing_since IS NOT NULL");
        house.Clock.Advance(TimeSpan.FromHours(25));
        await house.IncidentAsync(server, Long, kind: 3);
        await house.TellAsync();

        house.Mail.Refuses = null;
        Assert.Equal((1, 0), (marked, await house.CountAsync(server)));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Two_bad_moments_a_month_apart_are_no_bad_month(int status)
    {
        var server = await house.ServerAsync();
        var path = $"/visitors/rare-{status}";
        await house.SubscribeHookAsync(server, new Uri(house.Hook.Url, path));
        house.Hook.Misbehaves = request => request.Path == path ? new FakeReply(status, "{}") : null;

        await TwiceAsync(server, TimeSpan.FromDays(30));

        house.Hook.Misbehaves = null;
        Assert.Equal(1, await house.CountAsync(server, "failing_since IS NOT NULL"));
    }

    private async Task TwiceAsync(PublicServer server, TimeSpan apart)
    {
        await house.IncidentAsync(server, Long);
        await house.TellAsync();
        house.Clock.Advance(apart);
        await house.IncidentAsync(server, Long, kind: 3);
        await house.TellAsync();
    }
}
