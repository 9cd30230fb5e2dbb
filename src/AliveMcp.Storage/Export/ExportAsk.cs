using AliveMcp.Storage.Postgres;

namespace AliveMcp.Storage.Export;

/// <summary>What of a tenant's is read: everything goes through a session in the tenant's name, so that no other tenant's row can come along.</summary>
/// <param name="Session">In whose name.</param>
/// <param name="FromMinute">First minute since 1970 of what is cut by months and told by days.</param>
/// <param name="FineMinute">The same of what is told by hours and minutes: a plan may show less of it.</param>
/// <param name="ToMinute">The first minute after them.</param>
public sealed record ExportAsk(TenantSession Session, int FromMinute, int FineMinute, int ToMinute);
