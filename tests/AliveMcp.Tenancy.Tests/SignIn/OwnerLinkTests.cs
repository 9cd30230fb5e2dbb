using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Tenancy.Tests.Tenants;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.Tests.SignIn;

/// <summary>One story on one install: there is one first owner.</summary>
public sealed class OwnerLinkTests(Install install) : IClassFixture<Install>
{
    private OwnerLink Link => install.Services.GetRequiredService<OwnerLink>();

    [Fact]
    public async Task The_first_start_s_link_makes_one_owner_and_there_is_no_other_link_afterwards()
    {
        var first = await MakeAsync();
        var second = await MakeAsync();
        Assert.Equal("link_not_found", (await EnterAsync(first, "first@example.com")).Problems.Single().Code);
        Assert.Equal("email_invalid", (await EnterAsync(second, "no address")).Problems.Single().Code);
        var (taken, email) = await new Everybody(install).PersonAsync("somebody");
        Assert.Equal("email_taken", (await EnterAsync(second, email)).Problems.Single().Code);

        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => EnterAsync(second, $"owner-{i}@example.com")));

        var owner = Assert.Single(all, one => one.TryGet(out _));
        Assert.True(owner.TryGet(out var entered));
        Assert.NotEqual(taken, entered.Person);
        var tenants = await install
            .Services.GetRequiredService<TenantDesk>()
            .OfAsync(entered.Person, CancellationToken.None);
        Assert.Equal(("local", TenantId.Local), (tenants.Single().Slug, tenants.Single().Tenant));
        Assert.Null(await Link.MakeAsync(CancellationToken.None));
    }

    private async Task<string> MakeAsync() =>
        (await Link.MakeAsync(CancellationToken.None))!["/sign-in/owner?token=".Length..];

    private Task<Result<EnteredPerson>> EnterAsync(string token, string email) =>
        Link.EnterAsync(token, email, acting: null, Everybody.Somewhere(), CancellationToken.None);
}
