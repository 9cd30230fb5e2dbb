using AliveMcp.Storage.Postgres;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting;

/// <summary>Schema <c>alerting</c>: what people set up. What loops write is written in explicit SQL.</summary>
internal sealed class AlertingDb(DbContextOptions<AlertingDb> options, TenantScope scope) : RoomDb(options, scope);
