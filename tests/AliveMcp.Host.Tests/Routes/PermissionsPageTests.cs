using AliveMcp.Tenancy.Permissions;

namespace AliveMcp.Host.Tests.Routes;

public sealed class PermissionsPageTests(Replicas replicas) : IClassFixture<Replicas>
{
    private static readonly string File = Path.Combine(Repository.Root, "docs", "permissions.md");

    private IReadOnlyList<HostRoute> Routes => HostRoute.AllOf(replicas.App);

    [Fact]
    public void Every_route_carries_a_permission_or_a_reason_why_it_is_open()
    {
        Assert.All(
            Routes.Where(route => !route.IsOpen),
            route => Assert.True(route.Policy is not null, $"{route} asks for no permission")
        );
        Assert.All(
            Routes.Where(route => route.IsOpen),
            route => Assert.True(OpenRoutes.ReasonOf(route.Path) is not null, $"{route} is open without a reason")
        );
    }

    [Fact]
    public void What_strangers_may_do_changes_nothing_but_for_probers_and_people_at_the_door() =>
        Assert.All(
            Routes.Where(route =>
                route.IsOpen
                && !route.Path.StartsWith("/prober/", StringComparison.Ordinal)
                && !OpenRoutes.IsDoor(route.Path)
                && !OpenRoutes.IsVisitors(route.Path)
            ),
            route => Assert.Contains(route.Method, (string[])["GET", "HEAD", "OPTIONS"])
        );

    [Fact]
    public void An_auditor_only_reads() =>
        Assert.All(
            Routes.Where(route => !route.IsOpen && route.MayBeUsedBy(Layer.Auditor)),
            route => Assert.Equal("GET", route.Method)
        );

    [Fact]
    public void The_page_is_what_the_routes_say()
    {
        var page = PermissionsPage.Write(Routes);
        if (Environment.GetEnvironmentVariable("ALIVEMCP_WRITE_DOCS") is "1")
        {
            System.IO.File.WriteAllText(File, page);
        }

        Assert.Equal(page, System.IO.File.ReadAllText(File));
    }
}
