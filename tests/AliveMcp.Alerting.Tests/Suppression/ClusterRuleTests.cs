using AliveMcp.Alerting.Suppression;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Tests.Suppression;

public sealed class ClusterRuleTests
{
    [Fact]
    public void Against_a_model_every_cluster_is_large_enough_no_server_is_in_two_and_none_is_missed()
    {
        var dice = new Random(17);
        for (var run = 0; run < 300; run++)
        {
            var failing = Enumerable.Range(1, dice.Next(60)).Select(server => Any(dice, server)).ToList();
            var watched = failing
                .SelectMany(server => server.AllCauses)
                .Distinct()
                .ToDictionary(
                    cause => cause,
                    cause => failing.Count(server => server.Causes.Contains(cause)) + dice.Next(40)
                );
            var all = failing.Count + dice.Next(100);

            var found = ClusterRule.Find(failing, watched, all);

            Assert.True(found.Sum(cluster => cluster.Servers) <= failing.Count);
            foreach (var cluster in found)
            {
                Assert.True(cluster is { Tenants: >= 5, Servers: >= 10 } && cluster.PublicServers <= cluster.Servers);
                var of = cluster.Cause.StartsWith("region:", StringComparison.Ordinal) ? all : watched[cluster.Cause];
                Assert.True(cluster.Servers >= 0.3 * of);
            }

            var taken = found.Select(cluster => cluster.Cause).ToHashSet();
            var left = failing.Where(server => !server.AllCauses.Any(taken.Contains)).ToList();
            foreach (var cause in left.SelectMany(server => server.AllCauses).Distinct())
            {
                var members = left.Where(server => server.AllCauses.Contains(cause)).ToList();
                var of = cause.StartsWith("region:", StringComparison.Ordinal) ? all : watched[cause];
                Assert.False(
                    members.Select(server => server.TenantId).Distinct().Count() >= 5
                        && members.Count >= 10
                        && members.Count >= 0.3 * of
                );
            }
        }
    }

    [Fact]
    public void Who_signed_a_certificate_explains_failures_of_TLS_alone_and_the_narrower_cause_is_named()
    {
        var failing = Enumerable
            .Range(1, 24)
            .Select(server => new FailingServer
            {
                ServerId = server,
                TenantId = server % 6,
                IsPublic = true,
                Why = server <= 12 ? Why.TlsUntrusted : Why.ConnectionRefused,
                Causes = Causes.Of($"https://s{server}.example{server}.com:443", [], "Example CA R1", []),
                Failed = ["us-east", "eu-west"],
                Asked = ["us-east", "eu-west"],
            })
            .ToList();
        var watched = new Dictionary<string, int> { ["issuer:Example CA R1"] = 40, ["block:203.0.113.0/24"] = 24 };

        var byIssuer = Assert.Single(ClusterRule.Find(failing, watched, 1000));
        Assert.Equal(new FoundCluster("issuer:Example CA R1", 6, 12, 12), byIssuer);
        Assert.Empty(ClusterRule.Find(failing, new Dictionary<string, int> { ["issuer:Example CA R1"] = 41 }, 1000));

        var together = failing.ConvertAll(server =>
            server with
            {
                Causes = [.. server.Causes, "block:203.0.113.0/24"],
            }
        );
        var byBlock = Assert.Single(ClusterRule.Find(together, watched, 1000));
        Assert.Equal(new FoundCluster("block:203.0.113.0/24", 6, 24, 24), byBlock);
    }

    private static FailingServer Any(Random dice, int server)
    {
        var regions = new[] { "us-east", "eu-west", "sa-east" };
        return new FailingServer
        {
            ServerId = server,
            TenantId = dice.Next(12),
            IsPublic = dice.Next(2) == 0,
            Why = dice.Next(3) == 0 ? Why.TlsExpired : Why.ConnectionRefused,
            Causes = Causes.Of(
                $"https://h{dice.Next(6)}.c{dice.Next(2)}.example.com:443",
                [.. Enumerable.Range(0, dice.Next(3)).Select(_ => $"203.0.{dice.Next(3)}.0/24").Distinct()],
                dice.Next(4) == 0 ? null : $"CA {dice.Next(2)}",
                [dice.Next(3)]
            ),
            Failed = [.. regions.Take(1 + dice.Next(2))],
            Asked = [.. regions.Take(1 + dice.Next(3))],
        };
    }
}
