using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Servers.Catalogue;

/// <summary>Gives servers that become public a name that nobody in the install has.</summary>
internal sealed class PublicSlugs(ServersDb db)
{
    private const int Tries = 9;

    /// <summary>
    /// The slug itself, else with <c>-2</c> to <c>-9</c>, else with five random letters. Somebody quicker between this look and the
    /// commit makes the commit fail on the unique index; the caller begins anew.
    /// </summary>
    public async Task GiveAsync(IReadOnlyCollection<Server> servers, CancellationToken cancellationToken)
    {
        var waiting = servers.ToList();
        var given = new HashSet<string>(StringComparer.Ordinal);
        for (var attempt = 1; waiting.Count > 0; attempt++)
        {
            var wanted = waiting.ConvertAll(server => (Server: server, Slug: Candidate(server.Slug, attempt)));
            var taken = await TakenAsync([.. wanted.Select(pair => pair.Slug)], cancellationToken);
            waiting.Clear();
            foreach (var (server, slug) in wanted)
            {
                if (!taken.Contains(slug) && given.Add(slug))
                {
                    server.PublicSlug = slug;
                }
                else
                {
                    waiting.Add(server);
                }
            }
        }
    }

    private static string Candidate(string slug, int attempt) =>
        attempt switch
        {
            1 => slug,
            <= Tries => string.Create(CultureInfo.InvariantCulture, $"{slug}-{attempt}"),
            _ => $"{slug}-{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 5)}",
        };

    private async Task<HashSet<string>> TakenAsync(string[] wanted, CancellationToken cancellationToken)
    {
        var taken = await db
            .Database.SqlQuery<string>($"SELECT servers.taken_public_slugs({wanted}) AS \"Value\"")
            .ToListAsync(cancellationToken);
        return taken.ToHashSet(StringComparer.Ordinal);
    }
}
