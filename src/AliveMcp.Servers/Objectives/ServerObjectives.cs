using System.Text.Json;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Servers.Objectives;

/// <summary>What is promised of the servers of the scope's tenant. Another tenant's server is not found, a public one neither.</summary>
public sealed class ServerObjectives
{
    private readonly ServersDb _db;
    private readonly TenantScope _scope;

    internal ServerObjectives(ServersDb db, TenantScope scope) => (_db, _scope) = (db, scope);

    /// <summary>One own server by its own or public slug; null when there is none.</summary>
    public async Task<PromisedServer?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(
            servers =>
                servers
                    .Where(server => server.Slug == slug || server.PublicSlug == slug)
                    .OrderByDescending(server => server.Slug == slug)
                    .Take(1),
            cancellationToken
        );
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>All own servers by their slug, at most <paramref name="most"/>.</summary>
    /// <param name="tag">Those that carry this tag only; null: all.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<PromisedServer>> AllAsync(string? tag, int most, CancellationToken cancellationToken) =>
        ReadAsync(
            servers =>
                (tag is null ? servers : servers.Where(server => server.Tags.Contains(tag)))
                    .OrderBy(server => server.Slug)
                    .Take(most),
            cancellationToken
        );

    /// <summary>Chooses an objective.</summary>
    /// <param name="slug">The own slug.</param>
    /// <param name="body">The body of the request: <c>target_percent</c> and <c>window</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The server with its new objective, or every problem by field and value.</returns>
    public async Task<Result<PromisedServer>> ChooseAsync(
        string slug,
        JsonElement body,
        CancellationToken cancellationToken
    )
    {
        var read = ObjectiveReader.Read(body);
        if (!read.TryGet(out var objective))
        {
            return read.Problems.ToList();
        }

        return await SetAsync(slug, objective, cancellationToken);
    }

    /// <summary>Goes back to <see cref="Objective.Default"/>.</summary>
    public Task<Result<PromisedServer>> ForgetAsync(string slug, CancellationToken cancellationToken) =>
        SetAsync(slug, null, cancellationToken);

    private async Task<Result<PromisedServer>> SetAsync(
        string slug,
        Objective? objective,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await _db.BeginAsync(cancellationToken);
        await _db.LockAsync(_scope.Tenant!.Value, cancellationToken);
        var server = await _db.Servers.SingleOrDefaultAsync(
            server => server.EraseAskedAt == null && server.Slug == slug,
            cancellationToken
        );
        if (server is null)
        {
            return ObjectiveProblems.NoServer(slug);
        }

        var before = RowState.Before(_db.Entry(server));
        server.Promise(objective);
        _db.Audit(
            new AuditEntry("server.objective_chosen", "server", server.ServerId.ToString())
            {
                Before = before,
                After = RowState.Now(_db.Entry(server)),
            }
        );
        await _db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Of(server);
    }

    private async Task<IReadOnlyList<PromisedServer>> ReadAsync(
        Func<IQueryable<Server>, IQueryable<Server>> which,
        CancellationToken cancellationToken
    ) => (await _db.OwnAsync(which, cancellationToken)).ConvertAll(Of);

    private static PromisedServer Of(Server server) =>
        new()
        {
            Key = new ServerKey(server.TenantId, server.ServerId),
            Slug = server.Slug,
            Name = server.Name,
            Objective = server.Promised ?? Objective.Default,
            IsChosen = server.Promised is not null,
            Cadence = server.Weight,
            IsPaused = server.PausedAt is not null,
        };
}
