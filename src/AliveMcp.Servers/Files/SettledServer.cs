using AliveMcp.Servers.Alerts;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Maintenance;

namespace AliveMcp.Servers.Files;

/// <summary>A server as a change left it.</summary>
/// <param name="Server">As its owner sees it.</param>
/// <param name="Etag">The name of this state.</param>
internal sealed record SettledServer(SeenServer Server, string Etag)
{
    public static SettledServer Of(Server server, IEnumerable<MaintenanceSpan> maintenance)
    {
        var settings = SettingsWriter.Write(server, maintenance);
        return new SettledServer(
            SeenServer.Of(server) with
            {
                Settings = settings,
                Hears = AlertConsequence.Of(StoredAlerts.Read(server.Alerts), server.Weight),
            },
            ServerEtag.Of(settings)
        );
    }
}
