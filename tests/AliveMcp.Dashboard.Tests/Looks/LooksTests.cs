using AliveMcp.Dashboard.Tests.Sites;
using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace AliveMcp.Dashboard.Tests.Looks;

/// <summary>Every page is looked at by a browser, as somebody with a tenant, members and keys: axe finds nothing, nothing overflows, a picture is kept as build output.</summary>
public sealed class LooksTests(Site site) : IClassFixture<Site>
{
    private static readonly Visitor Desk = new(
        "203.0.113.7",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36"
    );

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_have_no_axe_violation_and_fit_their_window(ColorScheme scheme)
    {
        await using var browser = await Browser.StartAsync(scheme);
        var look = new Look(browser.Page, scheme);
        await AtTheDoorAsync(look);
        await InsideAsync(look, browser.Context);
        await SmallPrintAsync(look);

        Assert.Empty(look.Faults);
    }

    private async Task AtTheDoorAsync(Look look)
    {
        var email = $"looks-{look.Scheme}@example.com".ToLowerInvariant();
        await look.OpenAsync(site.Urls[0] + "/sign-in", "sign-in");
        await look.Page.FillAsync("input[name=email]", "nobody@nowhere");
        await look.Page.Locator("button.main").ClickAsync();
        await look.AtAsync("sign-in-wrong");
        await look.Page.FillAsync("input[name=email]", email);
        await look.Page.Locator("button.main").ClickAsync();
        await look.AtAsync("sign-in-sent");
        var letter = await site.Mail.LetterToAsync(email);
        var link = letter.Split('\n').First(line => line.Contains("/sign-in/confirm", StringComparison.Ordinal));
        await look.OpenAsync(link.Trim(), "sign-in-confirm");
        await look.Page.Locator("button.main").ClickAsync();
        await look.AtAsync("tenants-none");
        await look.OpenAsync(site.Urls[0] + "/sign-in/confirm?token=gone", "link-gone");
    }

    private async Task InsideAsync(Look look, IBrowserContext context)
    {
        var (token, slug) = await PopulateAsync(look.Scheme);
        await context.AddCookiesAsync([
            new()
            {
                Name = "alivemcp_session",
                Value = token,
                Url = site.Urls[0],
            },
        ]);
        await look.OpenAsync(site.Urls[0] + "/tenants", "tenants");
        await look.OpenAsync($"{site.Urls[0]}/t/{slug}/members", "members");
        await look.OpenAsync($"{site.Urls[0]}/t/{slug}/keys", "keys");
        await look.Page.FillAsync("input[name=name]", "dashboards");
        await look.Page.Locator("button.main").ClickAsync();
        await look.AtAsync("keys-issued");
        await look.OpenAsync($"{site.Urls[0]}/t/nowhere/members", "not-found");
        await look.OpenAsync(site.Urls[0] + "/account", "account");
    }

    private async Task SmallPrintAsync(Look look)
    {
        await look.OpenAsync(site.Urls[0] + "/account/second-factor", "second-factor");
        await look.Page.FillAsync("input[name=code]", "000000");
        await look.Page.Locator("button.main").ClickAsync();
        await look.AtAsync("second-factor-wrong");
    }

    /// <summary>A tenant with members of every role, an open invitation and keys.</summary>
    private async Task<(string Token, string Slug)> PopulateAsync(ColorScheme scheme)
    {
        var slug = $"northwind-{scheme}".ToLowerInvariant();
        await using var connection = await site.Storage.Doors.AllTenants.OpenConnectionAsync();
        var owner = await PersonAsync(connection, "Ada Lindqvist", $"ada@{slug}.example.com");
        var made = await site
            .Services.GetRequiredService<TenantDesk>()
            .MakeAsync(new PersonId(owner), (slug, "Northwind Flights"), (Desk, Actor.System), CancellationToken.None);
        Assert.True(made.TryGet(out var tenant));
        foreach (var (name, role) in new[] { ("Olga Admin", "admin"), ("", "editor"), ("Bob Reader", "viewer") })
        {
            var person = await PersonAsync(connection, name, $"{role}.with-a-long-address@{slug}.example.com");
            await connection.ExecuteAsync(
                "INSERT INTO tenancy.membership (tenant_id, person_id, role, joined_at) VALUES (@tenant, @person, @role, now())",
                new
                {
                    tenant = tenant.Tenant.Value,
                    person,
                    role,
                }
            );
        }

        await connection.ExecuteAsync(
            """
            INSERT INTO tenancy.invitation (tenant_id, email, role, token_hash, invited_by, made_at, expires_at)
            VALUES (@tenant, 'carla@example.com', 'editor', sha256(@slug::bytea), @owner, now(), now() + interval '7 days');
            INSERT INTO tenancy.api_key (tenant_id, prefix, secret_hash, name, scopes, last_used_at, expires_at)
            VALUES (@tenant, 'abcdefghij' || @tenant, sha256('x'), 'build server', '{write}', now(), now() + interval '90 days')
            """,
            new
            {
                tenant = tenant.Tenant.Value,
                slug,
                owner,
            }
        );
        var sessions = site.Services.GetRequiredService<SessionDesk>();
        await sessions.BeginAsync(new PersonId(owner), "github", Desk, CancellationToken.None);
        return ((await sessions.BeginAsync(new PersonId(owner), "link", Desk, CancellationToken.None)).Token, slug);
    }

    private static Task<int> PersonAsync(Npgsql.NpgsqlConnection connection, string name, string email) =>
        connection.ExecuteScalarAsync<int>(
            """
            WITH made AS (INSERT INTO tenancy.person (name, made_at) VALUES (@name, now()) RETURNING person_id)
            INSERT INTO tenancy.person_email (email, person_id, verified_at, made_at) SELECT @email, person_id, now(), now() FROM made
            RETURNING person_id
            """,
            new { name, email }
        );
}
