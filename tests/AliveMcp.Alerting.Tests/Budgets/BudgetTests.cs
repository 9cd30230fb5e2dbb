using AliveMcp.Alerting.Budgets;
using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Tests.Deliveries;

namespace AliveMcp.Alerting.Tests.Budgets;

public sealed class BudgetTests(AlertHouse house) : IClassFixture<AlertHouse>
{
    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(500)]
    public void The_shares_are_the_whole_and_each_is_something(int perHour)
    {
        var shares = new[] { Severity.P1, Severity.P2, Severity.P3 }
            .Select(severity => AlertBudget.ShareOf(perHour, severity)!.Value)
            .ToList();

        Assert.Equal(perHour, shares.Sum());
        Assert.All(shares, share => Assert.True(share > 0));
    }

    [Fact]
    public void Whatever_comes_no_severity_spends_anothers_share_and_the_first_above_it_is_told_once()
    {
        var dice = new Random(3);
        for (var run = 0; run < 200; run++)
        {
            var perHour = 5 + dice.Next(50);
            var book = new BudgetBook(DateTimeOffset.UnixEpoch)
            {
                PerHour = new Dictionary<int, int?> { [1] = perHour },
            };
            var told = new Dictionary<(Severity, Spending), int>();
            for (var i = 0; i < 200; i++)
            {
                var severity = (Severity)(1 + dice.Next(3));
                var spending = book.Spend(1, severity);
                told[(severity, spending)] = told.GetValueOrDefault((severity, spending)) + 1;
            }

            foreach (var severity in new[] { Severity.P1, Severity.P2, Severity.P3 })
            {
                Assert.InRange(
                    told.GetValueOrDefault((severity, Spending.Within)),
                    0,
                    AlertBudget.ShareOf(perHour, severity)!.Value
                );
                Assert.InRange(told.GetValueOrDefault((severity, Spending.First)), 0, 1);
                Assert.True(
                    told.GetValueOrDefault((severity, Spending.Beyond)) == 0
                        || told.GetValueOrDefault((severity, Spending.First)) == 1
                );
            }
        }
    }

    [Fact]
    public async Task What_is_too_much_is_one_message_at_once_and_one_digest_after_the_hour_with_the_worst_five()
    {
        var tenant = await house.TenantAsync("author");
        var sink = await house.SinkAsync(tenant);
        for (var i = 0; i < 20; i++)
        {
            await house.AlertAsync(
                tenant,
                await house.ServerAsync(tenant, $"s{i}"),
                AlertType.Drift,
                severity: Severity.P3
            );
        }

        await house.SettleAsync();
        Assert.Equal(5, house.TypesTookBy(sink).Count(type => type == "drift.detected"));
        Assert.Single(house.TypesTookBy(sink), type => type == "digest");
        Assert.Equal(0, await house.Digests.WriteAsync(CancellationToken.None));

        house.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await house.Digests.WriteAsync(CancellationToken.None));
        Assert.Equal(0, await house.Digests.WriteAsync(CancellationToken.None));
        await house.SettleAsync();

        var digest = house.TookBy(sink)[^1].Message;
        Assert.Equal(7, house.TookBy(sink).Count);
        Assert.StartsWith("15 alerts between", digest.Summary, StringComparison.Ordinal);
        Assert.Equal(4, digest.Details.Count(letter => letter == ';'));
    }

    [Fact]
    public async Task Outages_and_their_ends_neither_count_nor_wait()
    {
        var tenant = await house.TenantAsync("public");
        var sink = await house.SinkAsync(tenant);
        for (var i = 0; i < 12; i++)
        {
            var server = await house.ServerAsync(tenant, $"s{i}", $"https://s{i}.example{i}.com:443");
            var incident = await house.IncidentAsync(tenant, server);
            await house.AlertAsync(tenant, server, AlertType.Triggered, incident);
            await house.SettleAsync();
            await house.ResolveAsync(incident);
            await house.AlertAsync(tenant, server, AlertType.Resolved, incident);
        }

        await house.SettleAsync();

        Assert.Equal(24, house.TookBy(sink).Count);
        Assert.DoesNotContain("digest", house.TypesTookBy(sink));
    }
}
