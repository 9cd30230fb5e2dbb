using System.Net;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Testing.Rooms;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>Every route and verb, from the route table, by people with a session: each role, the owner of another tenant, and pages of other sites.</summary>
public sealed class SessionAttackTests(Replicas replicas) : IClassFixture<Replicas>
{
    private const string Nobodys = "nobodys";

    private static readonly (string, string) OurPage = ("Sec-Fetch-Site", "same-origin");

    private IEnumerable<HostRoute> Routes => HostRoute.AllOf(replicas.App);

    private IEnumerable<HostRoute> Api =>
        Routes.Where(route => route.Path.StartsWith("/api/v1/", StringComparison.Ordinal));

    /// <summary>Pages that ask for a permission; those of the door are everybody's.</summary>
    private IEnumerable<HostRoute> Pages =>
        Routes.Where(route => !route.IsOpen && !route.Path.StartsWith("/api/", StringComparison.Ordinal));

    [Theory]
    [InlineData("viewer")]
    [InlineData("billing")]
    [InlineData("editor")]
    [InlineData("admin")]
    [InlineData("owner")]
    public async Task A_member_may_what_the_role_has_and_is_forbidden_the_rest(string role)
    {
        var one = await replicas.People.NewAsync(Replicas.Alices, role);
        foreach (var route in Api)
        {
            var heard = await ApiAsync(route, one, OurPage);
            var may = route.MayBeUsedBy(Layer.Customer, PermissionWords.Roles[role]);
            Assert.True(
                may == (heard.Status != HttpStatusCode.Forbidden) && (int)heard.Status < 500,
                $"{role} {route}: {heard.Status} {heard.Text}"
            );
        }

        foreach (var route in Pages)
        {
            // Some of them end the session or the membership: each is tried by somebody new.
            var heard = await PageAsync(route, await replicas.People.NewAsync(Replicas.Alices, role), "alice");
            var may = PermissionTable.Of(route.Policy!) is var row && row.Roles.Contains(PermissionWords.Roles[role]);
            Assert.True(
                may == (heard.Status != HttpStatusCode.Forbidden) && (int)heard.Status < 500,
                $"{role} {route}: {heard.Status}"
            );
        }
    }

    [Fact]
    public async Task The_owner_of_another_tenant_names_this_one_in_vain()
    {
        var bob = await replicas.People.NewAsync(Replicas.Bobs);
        foreach (var route in Api.Where(route => !route.IsOpen))
        {
            var heard = await ApiAsync(route, bob, OurPage, ("AliveMCP-Tenant", "alice"));

            Assert.True(heard.Status == HttpStatusCode.Forbidden, $"{route}: {heard.Status} {heard.Text}");
        }

        foreach (var route in Pages.Where(route => route.Path.StartsWith("/t/", StringComparison.Ordinal)))
        {
            var hers = await PageAsync(route, bob, "alice");
            var nobodys = await PageAsync(route, bob, "no-such-tenant");

            Assert.True(hers.Status == HttpStatusCode.NotFound, $"{route}: {hers.Status}");
            Assert.Equal(nobodys.Status, hers.Status);
            Assert.Equal(
                nobodys.Text.Replace("no-such-tenant", "?", StringComparison.Ordinal),
                hers.Text.Replace("alice", "?", StringComparison.Ordinal)
            );
        }
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "file://")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Referer", "https://evil.example/")]
    public async Task A_page_of_another_site_changes_nothing_with_somebodys_cookie(string header, string value)
    {
        var alice = await replicas.People.NewAsync(Replicas.Alices);
        foreach (var route in Api.Where(route => route.Method != "GET" && !OpenRoutes.IsVisitors(route.Path)))
        {
            var heard = await ApiAsync(route, alice, (header, value));

            Assert.True(
                (heard.Status, heard.Code) == (HttpStatusCode.Forbidden, "cross_site_forbidden"),
                $"{route}: {heard.Status} {heard.Text}"
            );
        }

        foreach (var route in Routes.Where(IsForm))
        {
            var heard = await Knock.FormAsync(
                replicas.Urls[0],
                PathOf(route, "alice"),
                alice.Token,
                new Dictionary<string, string>(),
                (header, value)
            );

            Assert.True(heard.Status == HttpStatusCode.Forbidden, $"{route}: {heard.Status}");
        }
    }

    [Fact]
    public async Task A_form_without_the_hidden_field_of_this_very_session_changes_nothing()
    {
        var alice = await replicas.People.NewAsync(Replicas.Alices);
        var other = await replicas.People.NewAsync(Replicas.Alices);
        foreach (var route in Routes.Where(IsForm))
        {
            var heard = await Knock.FormAsync(
                replicas.Urls[1],
                PathOf(route, "alice"),
                alice.Token,
                new Dictionary<string, string>(),
                OurPage,
                boundTo: other.Token
            );

            Assert.True(heard.Status == HttpStatusCode.Forbidden, $"{route}: {heard.Status}");
        }
    }

    /// <summary>Forms that act by a session. What is reached by the link of a letter acts by that link alone, whatever cookie comes with it.</summary>
    private static bool IsForm(HostRoute route) =>
        route.Method == "POST"
        && !route.Path.StartsWith("/api/", StringComparison.Ordinal)
        && !route.Path.StartsWith("/alerts/", StringComparison.Ordinal)
        && !OpenRoutes.IsVisitors(route.Path)
        && !route.Path.StartsWith("/prober/", StringComparison.Ordinal);

    private static string PathOf(HostRoute route, string tenant) =>
        (route with { Path = route.Path.Replace("{tenant}", tenant, StringComparison.Ordinal) }).Filled(Nobodys);

    private Task<Heard> ApiAsync(HostRoute route, TestPerson by, params (string, string)[] headers) =>
        Knock.AtAsync(
            replicas.Urls[route.Path.Length % 2],
            route.Method,
            route.Filled(Nobodys),
            token: null,
            route.Method is "POST" or "PUT" or "PATCH" ? "{}" : null,
            [("If-Match", "*"), ("Cookie", "alivemcp_session=" + by.Token), .. headers]
        );

    private Task<Heard> PageAsync(HostRoute route, TestPerson by, string tenant) =>
        route.Method == "POST"
            ? Knock.FormAsync(
                replicas.Urls[route.Path.Length % 2],
                PathOf(route, tenant),
                by.Token,
                new Dictionary<string, string>(),
                OurPage
            )
            : Knock.AtAsync(
                replicas.Urls[route.Path.Length % 2],
                route.Method,
                PathOf(route, tenant),
                headers: [("Accept", "text/html"), ("Cookie", "alivemcp_session=" + by.Token)]
            );
}
