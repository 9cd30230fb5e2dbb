using AliveMcp.Archive.Status;
using AliveMcp.Servers.Catalogue;

namespace AliveMcp.StatusPages.Overview;

/// <summary>A public server and its status.</summary>
/// <param name="Server">What everybody may know of it.</param>
/// <param name="Status">As the archive gives it.</param>
public sealed record OverviewRow(ListedServer Server, ServerStatus Status);
