using AliveMcp.Storage.Postgres;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.Tests.Tenants;

public sealed class TenancyDbTests(Install install) : IClassFixture<Install>
{
    [Fact]
    public Task Every_mapped_column_is_there() =>
        install.AsAsync<object?>(
            TenantId.Local,
            async services =>
            {
                await MappedColumns.SelectAllAsync(services.GetRequiredService<TenancyDb>());
                return null;
            }
        );

    [Fact]
    public async Task Each_scope_sees_its_own_tenant_though_they_share_a_model()
    {
        var seen = await Task.WhenAll(
            SlugsAsync(TenantId.Local),
            SlugsAsync(Install.Charlies),
            SlugsAsync(TenantId.Public)
        );

        Assert.Equal(
            [
                ["local"],
                ["charlie"],
                ["public"],
            ],
            seen
        );
    }

    [Fact]
    public async Task Lifting_the_filter_still_leaves_the_database_to_refuse()
    {
        var seen = await install.AsAsync(
            TenantId.Local,
            async services =>
            {
                var db = services.GetRequiredService<TenancyDb>();
                await using var transaction = await db.BeginAsync(CancellationToken.None);
                return await db
                    .Tenants.IgnoreQueryFilters([RoomDb.TenantFilter])
                    .Select(tenant => tenant.Slug)
                    .ToListAsync();
            }
        );

        Assert.Equal(["local"], seen);
    }

    [Fact]
    public async Task Without_a_transaction_that_names_the_tenant_nothing_is_read()
    {
        var seen = await install.AsAsync(
            TenantId.Local,
            services => services.GetRequiredService<TenancyDb>().Tenants.CountAsync()
        );

        Assert.Equal(0, seen);
    }

    [Fact]
    public async Task Who_acts_for_nobody_cannot_even_begin() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            install.AsAsync(
                null,
                services => services.GetRequiredService<TenancyDb>().BeginAsync(CancellationToken.None)
            )
        );

    private Task<List<string>> SlugsAsync(TenantId tenant) =>
        install.AsAsync(
            tenant,
            async services =>
            {
                var db = services.GetRequiredService<TenancyDb>();
                await using var transaction = await db.BeginAsync(CancellationToken.None);
                return await db.Tenants.Select(row => row.Slug).ToListAsync();
            }
        );
}
