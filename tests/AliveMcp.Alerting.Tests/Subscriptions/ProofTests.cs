using AliveMcp.Alerting.Subscriptions;
using AliveMcp.Testing.Sinks;

namespace AliveMcp.Alerting.Tests.Subscriptions;

/// <summary>How often a place is asked whether it wants to hear.</summary>
public sealed class ProofTests(SubscriptionHouse house) : IClassFixture<SubscriptionHouse>
{
    [Fact]
    public async Task A_letter_that_is_not_taken_is_tried_three_times()
    {
        var (server, tries) = (await AskedAsync(new { email = "busy@example.com" }), 0);
        house.Mail.Refuses = line =>
        {
            var isNew = line.StartsWith("MAIL", StringComparison.Ordinal);
            tries += isNew ? 1 : 0;
            return isNew ? "421 4.3.0 Not now" : null;
        };

        await QuarterAsync();

        house.Mail.Refuses = null;
        Assert.Equal((3, 0), (tries, await house.CountAsync(server)));
    }

    [Fact]
    public async Task A_letter_that_may_have_left_is_not_sent_again_and_its_link_is_good()
    {
        var server = await AskedAsync(new { email = "perhaps@example.com" });
        house.Mail.HangsUp = true;

        await QuarterAsync();

        house.Mail.HangsUp = false;
        var letter = Assert.Single(house.Mail.LettersTo("perhaps@example.com"));
        Assert.Equal(200, (await house.OpenAsync(HttpMethod.Post, letter.Link("/confirm/"))).Status);
        Assert.Equal(1, await house.CountAsync(server, "confirmed_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_challenge_that_is_not_taken_is_tried_three_times()
    {
        const string path = "/visitors/busy";
        house.Hook.Misbehaves = request => request.Path == path ? new FakeReply(503, "{}") : null;
        var server = await AskedAsync(new { webhook = new Uri(house.Hook.Url, path).AbsoluteUri });

        await QuarterAsync();

        house.Hook.Misbehaves = null;
        Assert.Equal(3, house.Hook.Taken.Count(request => request.Path == path));
        Assert.Equal(0, await house.CountAsync(server));
    }

    [Fact]
    public async Task Letters_do_not_wait_for_webhooks()
    {
        const string path = "/visitors/aside";
        var server = await AskedAsync(new { webhook = new Uri(house.Hook.Url, path).AbsoluteUri });
        await house.AskAsync(server, new { email = "aside@example.com" });

        await house.Get<SubscriptionCourier>().CarryAsync(SubscriptionKind.Email, CancellationToken.None);

        Assert.Single(house.Mail.LettersTo("aside@example.com"));
        Assert.DoesNotContain(house.Hook.Taken, request => request.Path == path);
        await house.CarryAsync();
    }

    private async Task<PublicServer> AskedAsync(object body)
    {
        var server = await house.ServerAsync();
        await house.GiveRoomAsync();
        Assert.Equal(202, (await house.AskAsync(server, body)).Status);
        return server;
    }

    /// <summary>The worker's turns of a quarter of an hour.</summary>
    private async Task QuarterAsync()
    {
        for (var i = 0; i < 30; i++)
        {
            await house.CarryAsync();
            house.Clock.Advance(TimeSpan.FromSeconds(30));
        }
    }
}
