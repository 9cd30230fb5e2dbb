using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Tenancy.Tests.SignIn;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.Tests.Tenants;

public sealed class TenantDeskTests(Install install) : IClassFixture<Install>
{
    private readonly Everybody _people = new(install);

    private TenantDesk Desk => install.Services.GetRequiredService<TenantDesk>();

    [Fact]
    public async Task Whoever_makes_a_tenant_owns_it_and_nobody_else_sees_it()
    {
        var (tenant, owner) = await _people.TenantAsync();
        var (stranger, _) = await _people.PersonAsync("stranger");

        Assert.Equal(Role.Owner, (await Desk.FindAsync(owner, tenant.Slug, CancellationToken.None))?.Role);
        Assert.Null(await Desk.FindAsync(stranger, tenant.Slug, CancellationToken.None));
        Assert.Empty(await Desk.OfAsync(stranger, CancellationToken.None));
        Assert.Equal("public", (await Plans.OfAsync(tenant.Tenant, CancellationToken.None)).Name);
    }

    [Theory]
    [InlineData("", "Name", "slug_invalid")]
    [InlineData("-x", "Name", "slug_invalid")]
    [InlineData("Acme", "Name", "slug_invalid")]
    [InlineData("a/../b", "Name", "slug_invalid")]
    [InlineData("local", "Name", "slug_taken")]
    [InlineData("fine", "", "name_invalid")]
    [InlineData("fine", "a\u202eb", "name_invalid")]
    public async Task A_name_that_cannot_be_is_refused(string slug, string name, string code)
    {
        var (person, _) = await _people.PersonAsync();

        Assert.Equal(code, await TryAsync(person, slug, name));
    }

    [Fact]
    public async Task One_person_owns_five_at_most_however_many_she_asks_for_at_once()
    {
        var (person, _) = await _people.PersonAsync();
        var all = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(i => TryAsync(person, $"five-{person}-{i}", "One of five"))
        );
        Assert.All(all, Assert.Null);

        install.Clock.Advance(TimeSpan.FromDays(1.1));

        Assert.Equal("tenants_limit", await TryAsync(person, $"five-{person}-6", "One too many"));
    }

    [Fact]
    public async Task A_slug_is_given_once_of_two_who_want_it_at_the_same_moment()
    {
        var (one, _) = await _people.PersonAsync();
        var (other, _) = await _people.PersonAsync();

        var answers = await Task.WhenAll(TryAsync(one, $"race-{one}", "One"), TryAsync(other, $"race-{one}", "Other"));

        Assert.Equal([null, "slug_taken"], answers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_suspended_tenant_is_told_why_and_is_not_looked_at()
    {
        var (tenant, _) = await _people.TenantAsync();
        await Standings.ChangeAsync(
            tenant.Tenant,
            TenantStatus.Suspended,
            "unpaid for a year",
            Actor.System,
            CancellationToken.None
        );

        var standing = await Standings.OfAsync(tenant.Tenant, CancellationToken.None);

        Assert.Equal("tenant_suspended", standing.Refusal?.Code);
        Assert.Contains("unpaid for a year", standing.Refusal?.Message, StringComparison.Ordinal);
        Assert.Contains(tenant.Tenant, await Standings.SuspendedAsync(CancellationToken.None));
        await Standings.ChangeAsync(tenant.Tenant, TenantStatus.Active, null, Actor.System, CancellationToken.None);
        Assert.Null((await Standings.OfAsync(tenant.Tenant, CancellationToken.None)).Refusal);
    }

    [Fact]
    public async Task A_missing_payment_takes_the_plan_after_a_week()
    {
        var (tenant, owner) = await _people.TenantAsync();
        await install.AsAsync<object?>(
            null,
            async _ =>
            {
                await using var connection = await install.Storage.Doors.AllTenants.OpenConnectionAsync();
                await Dapper.SqlMapper.ExecuteAsync(
                    connection,
                    "UPDATE tenancy.tenant SET plan = 'self_hosted' WHERE tenant_id = @tenant",
                    new { tenant = tenant.Tenant.Value }
                );
                return null;
            }
        );
        await Standings.ChangeAsync(
            tenant.Tenant,
            TenantStatus.PastDue,
            "invoice 7",
            Actor.System,
            CancellationToken.None
        );

        Assert.Equal("self_hosted", (await Plans.OfAsync(tenant.Tenant, CancellationToken.None)).Name);
        install.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal("public", (await Plans.OfAsync(tenant.Tenant, CancellationToken.None)).Name);
        Assert.Equal("public", (await Plans.OfAllAsync(CancellationToken.None))[tenant.Tenant].Name);
        Assert.Null((await Standings.OfAsync(tenant.Tenant, CancellationToken.None)).Refusal);
        Assert.NotNull(await Desk.FindAsync(owner, tenant.Slug, CancellationToken.None));
    }

    [Fact]
    public void Wrong_settings_are_told_all_at_once()
    {
        var options = new SignInOptions
        {
            PublicUrl = new Uri("http://alive.example.com/path"),
            NewTenantPlan = "gold",
            SessionIdle = TimeSpan.Zero,
            Allow = ["10.0.0.0"],
            Oidc =
            {
                ["GitHub!"] = new() { Issuer = "ftp://x", Groups = { ["g"] = "local" } },
            },
        };

        var result = new SignInRules(install.Services.GetRequiredService<Vocabulary.Plans.PlanTable>()).Validate(
            null,
            options
        );

        Assert.Equal(8, result.Failures!.Count());
        Assert.All(result.Failures!, fault => Assert.StartsWith("SignIn:", fault, StringComparison.Ordinal));
        Assert.True(
            install.Services.GetRequiredService<IValidateOptions<SignInOptions>>().Validate(null, new()).Succeeded
        );
    }

    private TenantPlans Plans => install.Services.GetRequiredService<TenantPlans>();

    private TenantStandings Standings => install.Services.GetRequiredService<TenantStandings>();

    private async Task<string?> TryAsync(PersonId person, string slug, string name)
    {
        var made = await Desk.MakeAsync(
            person,
            (slug, name),
            (Everybody.Somewhere(), Actor.System),
            CancellationToken.None
        );
        return made.Problems.Count == 0 ? null : made.Problems[0].Code;
    }
}
