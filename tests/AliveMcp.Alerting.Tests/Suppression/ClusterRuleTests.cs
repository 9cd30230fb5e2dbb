using AliveMcp.Alerting.Suppression;

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

    private static FailingServer Any(Random dice, int server)
    {
        var regions = new[] { "us-east", "eu-west", "sa-east" };
        return new FailingServer
        {
            ServerId = server,
            TenantId = dice.Next(12),
            IsPublic = dice.Next(2) == 0,
            Causes = Causes.Of($"https://h{dice.Next(6)}.c{dice.Next(2)}.example.com:443"),
            Failed = [.. regions.Take(1 + dice.Next(2))],
            Asked = [.. regions.Take(1 + dice.Next(3))],
        };
    }
}
