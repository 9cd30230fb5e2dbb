using AliveMcp.Archive.Status;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Overview;

/// <summary>Reads every public server with its status, in one reading.</summary>
internal sealed class AllServers(Listings listings, StatusQueries statuses)
{
    public async Task<IReadOnlyList<OverviewRow>> ReadAsync(CancellationToken cancellationToken)
    {
        var listed = await listings.AllAsync(cancellationToken);
        var found = await statuses.GetManyAsync([.. listed.Select(server => server.Key)], cancellationToken);
        return
        [
            .. listed.Select(server => new OverviewRow(
                server,
                found.GetValueOrDefault(server.Key.Server) ?? new ServerStatus { State = ServerState.Unknown }
            )),
        ];
    }
}
