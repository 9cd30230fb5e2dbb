using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.Tests.Tenants;

public sealed class TenantPlansTests(Install install) : IClassFixture<Install>
{
    private TenantPlans Plans => install.Services.GetRequiredService<TenantPlans>();

    [Fact]
    public async Task The_two_built_in_tenants_have_their_plans()
    {
        var plans = await Plans.OfAllAsync(CancellationToken.None);

        Assert.Equal("public", plans[TenantId.Public].Name);
        Assert.Equal("self_hosted", plans[TenantId.Local].Name);
    }

    [Fact]
    public async Task One_tenant_is_asked_in_its_own_name() =>
        Assert.Equal(
            RetentionClass.Days90,
            (await Plans.OfAsync(TenantId.Local, CancellationToken.None)).MinuteHistory
        );

    [Fact]
    public async Task A_tenant_that_is_not_there_has_no_plan() =>
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Plans.OfAsync(new TenantId(4711), CancellationToken.None));
}
