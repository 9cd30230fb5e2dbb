using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Servers.Catalogue;

/// <summary>The public servers of all tenants, as strangers may see them: for pages, badges and embeds. Needs no tenant.</summary>
public sealed class Listings(PostgresDoors doors)
{
    private const string Columns = """
        SELECT tenant_id AS Tenant, server_id AS Server, public_slug AS PublicSlug, name AS Name,
            display_url AS DisplayUrl, tags AS Tags, paused AS Paused,
            tenant_id = 1 AND EXISTS (SELECT FROM servers.origin_wish wish
                WHERE wish.origin = display_url AND wish.seen_at > now() - interval '1 day') AS Declined
        FROM servers.public_listing
        """;

    /// <summary>Null when no public server has this name: private and unknown look the same.</summary>
    public async Task<ListedServer?> FindAsync(string publicSlug, CancellationToken cancellationToken)
    {
        const string sql = Columns + " WHERE public_slug = @publicSlug";
        var found = await ReadAsync(sql, new { publicSlug }, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Null while the server is not public.</summary>
    public async Task<ListedServer?> FindAsync(ServerKey server, CancellationToken cancellationToken)
    {
        const string sql = Columns + " WHERE server_id = @server";
        var found = await ReadAsync(sql, new { server = server.Server.Value }, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>All of them, by public slug.</summary>
    public Task<IReadOnlyList<ListedServer>> AllAsync(CancellationToken cancellationToken) =>
        ReadAsync(Columns + " ORDER BY public_slug", new { }, cancellationToken);

    /// <summary>Their public slugs alone, in no order.</summary>
    public async Task<IReadOnlyList<string>> SlugsAsync(CancellationToken cancellationToken)
    {
        const string sql = "SELECT public_slug FROM servers.public_listing";
        await using var connection = await doors.App.OpenConnectionAsync(cancellationToken);
        var slugs = await connection.QueryAsync<string>(
            new CommandDefinition(sql, cancellationToken: cancellationToken)
        );
        return slugs.AsList();
    }

    /// <summary>The next page by number.</summary>
    internal Task<IReadOnlyList<ListedServer>> PageAsync(int after, int take, CancellationToken cancellationToken) =>
        ReadAsync(
            Columns + " WHERE server_id > @after ORDER BY server_id LIMIT @take",
            new { after, take },
            cancellationToken
        );

    private async Task<IReadOnlyList<ListedServer>> ReadAsync(
        string sql,
        object values,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await doors.App.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(sql, values, cancellationToken: cancellationToken)
        );
        return [.. rows.Select(row => row.ToListed())];
    }

    /// <summary>Dapper fills arrays into properties, not into constructors.</summary>
    private sealed class Row
    {
        public int Tenant { get; init; }

        public int Server { get; init; }

        public string PublicSlug { get; init; } = "";

        public string Name { get; init; } = "";

        public string DisplayUrl { get; init; } = "";

        public string[] Tags { get; init; } = [];

        public bool Paused { get; init; }

        public bool Declined { get; init; }

        public ListedServer ToListed() =>
            new()
            {
                Key = new ServerKey(new TenantId(Tenant), new ServerId(Server)),
                PublicSlug = PublicSlug,
                Name = Name,
                DisplayUrl = DisplayUrl,
                Tags = Tags,
                Paused = Paused,
                Declined = Declined,
            };
    }
}
