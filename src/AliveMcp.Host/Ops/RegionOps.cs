using System.Globalization;
using AliveMcp.Collector.Fleet;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;

namespace AliveMcp.Host.Ops;

/// <summary>Lists, adds, rotates and removes regions for an operator at a terminal.</summary>
internal sealed class RegionOps(RegionRegister regions, TenantSlugs tenants, TimeProvider time)
{
    /// <returns>What to print; or what stands against it.</returns>
    public async Task<Result<string[]>> RunAsync(RegionWords asked, CancellationToken cancellationToken)
    {
        if (asked.Verb == "list")
        {
            return await ListAsync(cancellationToken);
        }

        if (!Region.TryParse(asked.Name, out var region))
        {
            return new Problem(
                "region_name_invalid",
                $"'{SafeText.Of(asked.Name, 60)}' is no name of a region: 1 to 32 of a-z, 0-9 and -, for example us-east.",
                "region"
            );
        }

        return asked.Verb switch
        {
            "add" => await AddAsync(region, asked, cancellationToken),
            "rotate" => Lines(
                await regions.RotateAsync(region, asked.AtOnce, cancellationToken),
                token =>
                    [
                        asked.AtOnce
                            ? $"{region} has a new token; those before are good no more."
                            : $"{region} has a new token; the one before stays good until an hour after its last prober has moved.",
                        .. Told(region, token),
                    ]
            ),
            _ => Lines(
                await regions.RemoveAsync(region, cancellationToken),
                removed =>
                    [
                        $"{removed} is removed. Its probers are refused within 10 s; its name stays in the minutes seen from there.",
                    ]
            ),
        };
    }

    private async Task<Result<string[]>> AddAsync(Region region, RegionWords asked, CancellationToken cancellationToken)
    {
        TenantId? tenant = null;
        if (asked.Tenant is { } slug)
        {
            tenant = await tenants.FindAsync(slug, cancellationToken);
            if (tenant is null)
            {
                return new Problem("tenant_not_found", $"There is no tenant '{SafeText.Of(slug, 63)}'.", "tenant");
            }
        }

        return Lines(
            await regions.AddAsync(region, asked.City, tenant, cancellationToken),
            token =>
                [
                    tenant is null
                        ? $"{region} is added: servers are looked at from there once a prober of it runs."
                        : $"{region} is added for {asked.Tenant} alone: its servers are looked at from there once they name it (regions: [{region}]).",
                    .. Told(region, token),
                ]
        );
    }

    private static IEnumerable<string> Told(Region region, string token) =>
        ["The token is told this once:", "", $"  Prober__Region={region}", $"  Prober__Token={token}"];

    private async Task<string[]> ListAsync(CancellationToken cancellationToken)
    {
        var names = await tenants.AllAsync(cancellationToken);
        var lines = new List<string>();
        foreach (var row in await regions.ListAsync(cancellationToken))
        {
            var whose = row.Tenant is { } tenant ? $"private to {names.GetValueOrDefault(tenant, "?")}" : "everybody's";
            var probers = row.Probers.Count > 0 ? string.Join(", ", row.Probers) : "none";
            lines.Add($"{row.Region}  {row.City}  {whose}  probers: {probers}");
            lines.AddRange(row.Tokens.Select(token => "  token " + Told(token)));
        }

        return lines.Count > 0 ? [.. lines] : ["No regions."];
    }

    private string Told(TokenStanding token) =>
        $"added {Day(token.Added)}, "
        + (token.LastUsed is { } last ? $"last used {Ago(time.GetUtcNow() - last)}" : "not used yet");

    private static string Day(DateTimeOffset at) => $"{at.UtcDateTime:yyyy-MM-dd HH:mm}Z";

    private static string Ago(TimeSpan ago) =>
        ago < TimeSpan.FromMinutes(2) ? "just now"
        : ago < TimeSpan.FromHours(2) ? string.Create(CultureInfo.InvariantCulture, $"{(int)ago.TotalMinutes} min ago")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)ago.TotalHours} h ago");

    private static Result<string[]> Lines<T>(Result<T> result, Func<T, string[]> lines) =>
        result.TryGet(out var value) ? lines(value) : result.Problems.ToList();
}
