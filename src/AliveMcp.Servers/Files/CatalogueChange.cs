using System.Text.Json;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Maintenance;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Servers.Files;

/// <summary>
/// Brings the catalogue of one tenant to what a file says. A dry run does the very same and does not save, so that what is shown and what
/// is done cannot part.
/// </summary>
internal sealed class CatalogueChange(
    ServersDb db,
    PublicSlugs publicSlugs,
    FileParts parts,
    TenantScope scope,
    TimeProvider clock
)
{
    private readonly MaintenanceChange _maintenance = new(db);
    private readonly ChangeList _changes = new();
    private readonly List<Server> _rewatched = [];
    private DateTimeOffset _now;

    /// <summary>What became of the only server that was named; null when several were, or none is left.</summary>
    public SettledServer? Settled { get; private set; }

    public async Task<Result<ApplyAnswer>> RunAsync(
        FileContents contents,
        Plan plan,
        ApplyOptions options,
        CancellationToken cancellationToken
    )
    {
        var entries = contents.Entries;
        var tenant = scope.Tenant!.Value;
        await using var transaction = await db.BeginAsync(cancellationToken);
        await db.LockAsync(tenant, cancellationToken);
        _now = clock.GetUtcNow();
        var servers = await db.Servers.Where(server => server.EraseAskedAt == null).ToListAsync(cancellationToken);

        var problems = CatalogueRules.Check(servers, entries, plan, options);
        parts.Read(contents, options, problems);
        await parts.TakeAsync(options, problems, cancellationToken);
        if (problems.Count > 0)
        {
            return problems;
        }

        await _maintenance.LoadAsync(cancellationToken);
        if (options.Guard is { } guard && WhyNot(servers, guard) is { } stale)
        {
            return stale;
        }

        Take(servers, entries, plan, options.ManagedBy);
        if (contents.NamesServers)
        {
            Leave(servers, entries, options);
        }

        if (!options.DryRun)
        {
            await SaveAsync(entries, cancellationToken);
            await parts.SaveAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        if (entries is [var only])
        {
            var server = db.Servers.Local.First(server => server.Slug == only.Slug && server.EraseAskedAt is null);
            Settled = SettledServer.Of(server, only.Maintenance);
        }

        return _changes.ToAnswer(options.DryRun) with
        {
            Parts = parts.Changes.Count == 0 ? null : parts.Changes,
        };
    }

    /// <summary>Null when the server stands as the caller thinks it does.</summary>
    private Problem? WhyNot(List<Server> servers, ServerGuard guard)
    {
        var server = servers.Find(server => server.Slug == guard.Slug);
        return (server, guard.Etag) switch
        {
            (null, null) => null,
            (null, _) => ServerProblems.NotFound(guard.Slug),
            (_, null) => ServerProblems.Taken(guard.Slug),
            _ when SettledServer.Of(server, _maintenance.Of(server)).Etag == guard.Etag => null,
            _ => ServerProblems.Stale(guard.Slug),
        };
    }

    private void Take(List<Server> servers, IReadOnlyList<FileEntry> entries, Plan plan, string managedBy)
    {
        var bySlug = servers.ToDictionary(server => server.Slug, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (bySlug.TryGetValue(entry.Slug, out var server))
            {
                TakeKnown(server, entry, plan, managedBy);
            }
            else
            {
                server = Server.From(entry, plan, scope.Tenant!.Value, managedBy, _now);
                db.Servers.Add(server);
                _changes.Created(server.Slug);
            }
        }
    }

    private void TakeKnown(Server server, FileEntry entry, Plan plan, string managedBy)
    {
        var (oldUrl, oldOrigin, oldVisibility) = (server.CanonicalUrl, server.Origin, server.Visibility);
        var oldWeight = server.Weight;
        var fields = server.Take(entry, plan).ToList();
        if (ManagedLists.TakesOver(managedBy, server.ManagedBy))
        {
            server.ManagedBy = managedBy;
            fields.Add("managed_by");
        }

        if (_maintenance.Take(server, entry.Maintenance))
        {
            fields.Add("maintenance");
        }

        if (oldUrl != server.CanonicalUrl)
        {
            var originChanged = oldOrigin != server.Origin;
            var detail = new
            {
                from = oldUrl,
                to = server.CanonicalUrl,
                origin_changed = originChanged,
            };
            db.Note(server, ServerEvent.UrlChanged, _now, JsonSerializer.Serialize(detail));
        }

        if (oldVisibility != server.Visibility)
        {
            var isPublic = server.Visibility == Visibility.Public;
            db.Note(server, isPublic ? ServerEvent.MadePublic : ServerEvent.MadePrivate, _now);
        }

        var isResumed = entry.Watch && server.PausedAt is not null;
        var isPaused = !entry.Watch && server.PausedAt is null;
        if (isResumed)
        {
            server.PausedAt = null;
            db.Note(server, ServerEvent.Resumed, _now);
        }

        if (isPaused)
        {
            Pause(server);
        }

        if (isResumed || isPaused || (oldWeight != server.Weight && server.PausedAt is null))
        {
            _rewatched.Add(server);
        }

        _changes.Known(server.Slug, fields, isResumed, isPaused);
    }

    private void Pause(Server server)
    {
        server.PausedAt = _now;
        db.Note(server, ServerEvent.Paused, _now);
        _changes.Paused(server.Slug);
    }

    private void Leave(List<Server> servers, IReadOnlyList<FileEntry> entries, ApplyOptions options)
    {
        if (servers.Find(server => server.Slug == options.Erase) is { } unwanted)
        {
            unwanted.EraseAskedAt = _now;
            _changes.Erased(unwanted.Slug);
        }

        var listed = entries.Select(entry => entry.Slug).ToHashSet(StringComparer.Ordinal);
        foreach (var server in servers.Where(server => !options.Alone && server.ManagedBy == options.ManagedBy))
        {
            if (listed.Contains(server.Slug))
            {
                continue;
            }

            if (options.Prune)
            {
                server.EraseAskedAt = _now;
                _changes.Erased(server.Slug);
            }
            else if (server.PausedAt is null)
            {
                Pause(server);
                _rewatched.Add(server);
            }
        }

        DoWithout(servers);
    }

    /// <summary>What depended on a server that is erased does so no longer.</summary>
    private void DoWithout(List<Server> servers)
    {
        var left = servers.Where(server => server.EraseAskedAt is null).ToList();
        var gone = servers.Except(left).Select(server => server.Slug).ToHashSet(StringComparer.Ordinal);
        foreach (var server in left.Where(server => server.DoWithout(gone)))
        {
            _changes.Known(server.Slug, ["depends_on"], isResumed: false, isPaused: false);
        }
    }

    private async Task SaveAsync(IReadOnlyList<FileEntry> entries, CancellationToken cancellationToken)
    {
        var audit = new CatalogueAudit(db);
        audit.See();
        var nameless = db
            .Servers.Local.Where(server => server is { Visibility: Visibility.Public, PublicSlug: null })
            .ToList();
        await publicSlugs.GiveAsync(nameless, cancellationToken);
        var created = db
            .ChangeTracker.Entries<Server>()
            .Where(entry => entry.State == EntityState.Added)
            .Select(entry => entry.Entity)
            .ToList();

        // The new rows first: their numbers are what everything else refers to.
        await db.SaveChangesAsync(cancellationToken);
        var bySlug = entries.ToDictionary(entry => entry.Slug, StringComparer.Ordinal);
        foreach (var server in created)
        {
            _maintenance.Take(server, bySlug[server.Slug].Maintenance);
            db.Note(server, ServerEvent.Created, _now);
            db.TellWatch(server, _now);
        }

        _rewatched.ForEach(server => db.TellWatch(server, _now));
        await ListAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        audit.Tell();
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var listings = await db.Listings.ToDictionaryAsync(listing => listing.ServerId, cancellationToken);
        foreach (var server in db.Servers.Local)
        {
            var isListed = server is { Visibility: Visibility.Public, EraseAskedAt: null };
            if (!listings.TryGetValue(server.ServerId, out var listing))
            {
                if (isListed)
                {
                    db.Listings.Add(PublicListing.Of(server));
                }
            }
            else if (isListed)
            {
                listing.Follow(server);
            }
            else
            {
                db.Listings.Remove(listing);
            }
        }
    }
}
