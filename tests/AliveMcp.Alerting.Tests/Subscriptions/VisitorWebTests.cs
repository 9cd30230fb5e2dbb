using AliveMcp.Alerting.Sinks;
using AliveMcp.Alerting.Subscriptions;
using AliveMcp.Egress;
using AliveMcp.Testing.Sinks;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Alerting.Tests.Subscriptions;

/// <summary>Where a stranger's word can make us post to.</summary>
public sealed class VisitorWebTests(SubscriptionHouse house) : IClassFixture<SubscriptionHouse>
{
    [Fact]
    public async Task What_an_install_opens_for_its_probers_is_no_place_for_visitors()
    {
        var server = await house.ServerAsync();
        await house.GiveRoomAsync();

        var asked = await house.AskAsync(server, new { webhook = house.Inside.Hook.AbsoluteUri });
        await house.CarryAsync();

        Assert.Equal((422, 0), (asked.Status, await house.CountAsync(server)));
        Assert.Empty(house.Inside.Taken);
    }

    [Fact]
    public async Task It_is_judged_again_when_it_is_dialled()
    {
        var before = new SubscriberSecret(house.Inside.Hook.AbsoluteUri, SubscriptionToken.New(), "whsec_key");

        var reply = await house.Get<SubscriberPost>().PostAsync(before, "{}"u8.ToArray(), CancellationToken.None);

        Assert.Null(reply.Status);
        Assert.Empty(house.Inside.Taken);
    }

    [Theory]
    [InlineData("https://10.1.2.3/hook")]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://[::1]/hook")]
    [InlineData("http://10.1.2.3/hook")]
    [InlineData("http://93.184.216.34/hook")]
    [InlineData("http://example.com/hook")]
    public void However_wide_an_install_is_opened_visitors_name_public_addresses_over_https(string address)
    {
        using var services = Opened(
            new EgressOptions
            {
                AllowPrivate = true,
                AllowMetadata = true,
                Allow = ["10.0.0.0/8:*"],
            }
        );
        var web = services.GetRequiredService<VisitorWeb>();

        Assert.Null(web.Addresses.Read(address, out _));
        Assert.NotNull(web.Addresses.Read("https://example.com/hook", out _));
    }

    [Fact]
    public async Task Nor_do_they_reach_another_by_its_name()
    {
        await using var inside = await FakeWebhook.StartAsync();
        using var services = Opened(new EgressOptions { AllowPrivate = true, Allow = [inside.Allowed] });

        var reply = await services
            .GetRequiredService<VisitorWeb>()
            .Http.SendAsync(
                HttpMethod.Post,
                new Uri($"http://localhost:{inside.Url.Port}/hook"),
                "{}"u8.ToArray(),
                [],
                CancellationToken.None
            );

        Assert.Null(reply.Status);
        Assert.Empty(inside.Taken);
    }

    /// <summary>The module of an install that opens this.</summary>
    private static ServiceProvider Opened(EgressOptions options) =>
        new ServiceCollection()
            .AddSubscriptions()
            .AddSingleton(new EgressGuard(options))
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new SinkOptions())
            .BuildServiceProvider();
}
