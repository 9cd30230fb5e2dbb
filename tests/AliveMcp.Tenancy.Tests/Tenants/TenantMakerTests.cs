using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.AuditTrail;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary.Plans;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.Tests.Tenants;

public sealed class TenantMakerTests(Install install) : IClassFixture<Install>
{
    private TenantMaker Maker =>
        new(install.Storage.Doors, install.Services.GetRequiredService<PlanTable>(), install.Clock);

    [Fact]
    public async Task A_tenant_is_made_with_a_key_that_is_good_and_a_row_that_says_who_did_it()
    {
        var made = await MakeAsync("dora");

        Assert.True(made.TryGet(out var token));
        var key = await install.AsAsync(
            null,
            services => services.GetRequiredService<ApiKeyDesk>().RecogniseAsync(token, CancellationToken.None)
        );
        Assert.True(key!.Tenant.Value >= 1000);
        Assert.Equal(["admin"], key.Scopes);
        var trail = await install
            .Services.GetRequiredService<AuditQueries>()
            .PageAsync(key.Tenant, new AuditFilter(), CancellationToken.None);
        Assert.Equal(["tenant.made"], trail.Rows.Select(row => row.Action));
    }

    [Fact]
    public async Task A_slug_is_taken_once()
    {
        await MakeAsync("twin");

        Assert.Equal(["tenant_taken"], (await MakeAsync("twin")).Problems.Select(problem => problem.Code));
    }

    [Theory]
    [InlineData("Dora", "Dora", "public", "slug_invalid")]
    [InlineData("dora", "", "public", "name_invalid")]
    [InlineData("dora", "Dora", "golden", "plan_invalid")]
    public async Task What_makes_no_sense_is_refused(string slug, string name, string plan, string code)
    {
        var made = await Maker.MakeAsync(slug, name, plan, Actor.AtTerminal, CancellationToken.None);

        Assert.Equal([code], made.Problems.Select(problem => problem.Code));
    }

    private Task<Vocabulary.Result<string>> MakeAsync(string slug) =>
        Maker.MakeAsync(slug, slug, "public", Actor.AtTerminal, CancellationToken.None);
}
