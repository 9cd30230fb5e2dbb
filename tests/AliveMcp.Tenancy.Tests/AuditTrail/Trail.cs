using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.AuditTrail;
using AliveMcp.Tenancy.Tests.Tenants;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AliveMcp.Tenancy.Tests.AuditTrail;

/// <summary>Acts of made-up tenants, and their chains.</summary>
internal sealed class Trail(Install install)
{
    private static int _tenant = 1_000;

    /// <summary>A tenant of its own, with nothing in its chain.</summary>
    public async Task<TenantId> TenantAsync()
    {
        var tenant = new TenantId(Interlocked.Increment(ref _tenant));
        await AsSuperuserAsync(
            "INSERT INTO tenancy.tenant (tenant_id, slug, name, plan) VALUES (@tenant, 't' || @tenant, 'T', 'public')",
            new { tenant = tenant.Value }
        );
        return tenant;
    }

    /// <summary>Issues keys, each with a row.</summary>
    public Task<bool> ActAsync(TenantId tenant, int times = 1, Actor? actor = null) =>
        install.AsAsync(
            tenant,
            async services =>
            {
                services.GetRequiredService<ActorScope>().Act(actor ?? Actor.System);
                var desk = services.GetRequiredService<ApiKeyDesk>();
                for (var time = 0; time < times; time++)
                {
                    await desk.IssueAsync("a test's", ["read"], null, CancellationToken.None);
                }

                return true;
            }
        );

    public async Task<IReadOnlyList<AuditLine>> RowsAsync(TenantId chain) =>
        (
            await new AuditQueries(install.Storage.Doors).PageAsync(
                chain,
                new AuditFilter { Take = 1_000 },
                CancellationToken.None
            )
        ).Rows;

    /// <summary>Whoever holds the machine can do anything: no lock of ours stops him.</summary>
    public async Task AsSuperuserAsync(string sql, object? values = null)
    {
        await using var owner = new NpgsqlConnection(install.Storage.Options.Bootstrap.ConnectionString);
        await owner.OpenAsync();
        await owner.ExecuteAsync(sql, values);
    }

    public async Task<TenantSession> SessionAsync(TenantId tenant) =>
        await install.Storage.Doors.OpenAsync(tenant, CancellationToken.None);
}
