using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Suppression;

/// <summary>When failures of many tenants are one event: enough tenants, enough servers, and enough of all that have the cause. Pure.</summary>
internal static class ClusterRule
{
    public const int Tenants = 5;
    public const int Servers = 10;
    public const double Share = 0.3;

    /// <summary>First bad minutes so close together belong together.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(3);

    /// <summary>The causes that hold now, each server counted for the most specific of them alone.</summary>
    /// <param name="failing">Servers with a first bad minute in the window.</param>
    /// <param name="watched">How many servers are watched, by cause.</param>
    /// <param name="watchedInAll">How many are watched at all: what a region of ours is held against.</param>
    public static IReadOnlyList<FoundCluster> Find(
        IReadOnlyCollection<FailingServer> failing,
        IReadOnlyDictionary<string, int> watched,
        int watchedInAll
    )
    {
        var left = failing.GroupBy(server => server.ServerId).Select(same => same.First()).ToList();
        var found = new List<FoundCluster>();
        var causes = left.SelectMany(server => server.AllCauses)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(Rank)
            .ThenByDescending(cause => cause.Length)
            .ThenBy(cause => cause, StringComparer.Ordinal)
            .ToList();
        foreach (var cause in causes)
        {
            var members = left.Where(server => server.AllCauses.Contains(cause, StringComparer.Ordinal)).ToList();
            var all = Causes.IsRegion(cause) ? watchedInAll : watched.GetValueOrDefault(cause);
            var tenants = members.Select(server => server.TenantId).Distinct().Count();
            if (tenants >= Tenants && members.Count >= Servers && members.Count >= Share * all)
            {
                found.Add(new FoundCluster(cause, tenants, members.Count, members.Count(server => server.IsPublic)));
                left.RemoveAll(members.Contains);
            }
        }

        return found;
    }

    private static int Rank(string cause) =>
        cause[..cause.IndexOf(':', StringComparison.Ordinal)] switch
        {
            // What fails in one region of ours alone is ours, whatever else its servers share.
            "region" => 0,
            "host" => 1,
            "block" => 2,
            "issuer" => 4,
            _ => 3,
        };
}

/// <summary>A server with a first bad minute.</summary>
internal sealed record FailingServer
{
    public required int ServerId { get; init; }

    public required int TenantId { get; init; }

    public required bool IsPublic { get; init; }

    public required Why Why { get; init; }

    /// <summary>See <see cref="Causes"/>.</summary>
    public required IReadOnlyList<string> Causes { get; init; }

    /// <summary>Regions that failed, and those that were asked.</summary>
    public required IReadOnlyList<string> Failed { get; init; }

    public required IReadOnlyList<string> Asked { get; init; }

    /// <summary>Those of strangers, and our region when it alone says so among several.</summary>
    public IEnumerable<string> AllCauses =>
        Causes
            .Where(cause => Suppression.Causes.IsShared(cause) && Suppression.Causes.Explains(cause, Why))
            .Concat(Failed.Count == 1 && Asked.Count > 1 ? [Suppression.Causes.OfRegion(Failed[0])] : []);
}

/// <param name="Cause">See <see cref="Causes"/>.</param>
/// <param name="Tenants">How many are hit.</param>
/// <param name="Servers">How many of theirs.</param>
/// <param name="PublicServers">How many of those are public.</param>
internal sealed record FoundCluster(string Cause, int Tenants, int Servers, int PublicServers);
