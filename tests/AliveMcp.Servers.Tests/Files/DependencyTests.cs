using AliveMcp.Servers.Acts;
using AliveMcp.Servers.Erasure;
using AliveMcp.Servers.Files;
using AliveMcp.Storage.Audit;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Servers.Tests.Files;

/// <summary>Servers that depend on others of their tenant.</summary>
public sealed class DependencyTests(Install install) : IClassFixture<Install>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await install.EmptyAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_server_may_depend_on_one_that_the_same_file_makes_and_what_is_read_is_what_was_written()
    {
        var file = File(("web", "db, cache"), ("db", ""), ("cache", "db"));

        await install.ApplyAsync(file);
        var again = await install.ApplyAsync(file);

        Assert.Equal(["cache", "db", "web"], again.Unchanged);
        Assert.Equal(["cache", "db"], await NeedsAsync("web"));
        var shown = await install.AsAsync(
            TenantId.Local,
            services => services.GetRequiredService<OwnServers>().FindAsync("web", CancellationToken.None)
        );
        Assert.Equal(["cache", "db"], shown!.Server.Settings!.DependsOn);
    }

    [Fact]
    public async Task Another_dependency_is_a_change_of_the_field_and_the_order_of_them_is_none()
    {
        await install.ApplyAsync(File(("web", "db, cache"), ("db", ""), ("cache", "")));

        Assert.Empty((await install.ApplyAsync(File(("web", "cache, db"), ("db", ""), ("cache", "")))).Changed);
        var changed = await install.ApplyAsync(File(("web", "db"), ("db", ""), ("cache", "")));

        Assert.Equal(["depends_on"], changed.Fields["web"]);
    }

    [Theory]
    [InlineData("nothing", "'nothing', and no such server is yours")]
    [InlineData("web", "'web', which is the server itself")]
    [InlineData("a, b, c, d, e, f, g, h, i, j, k", "has 11 items; 10 are the most")]
    [InlineData("''", "depends_on is empty")]
    public async Task What_is_wrong_is_named_by_its_field_and_value(string needs, string why)
    {
        var applied = await install.TryApplyAsync(File(("web", needs)));

        var problem = Assert.Single(applied.Problems);
        Assert.Equal("servers[0].depends_on", problem.Field);
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
        Assert.Empty(await install.QueryAsync<string>("SELECT slug FROM servers.server"));
    }

    [Fact]
    public async Task A_circle_is_told_with_its_way_round_and_once()
    {
        var applied = await install.TryApplyAsync(File(("web", "app"), ("app", "db"), ("db", "web"), ("x", "web")));

        var problem = Assert.Single(applied.Problems);
        Assert.Equal("depends_on_cycle", problem.Code);
        Assert.Contains("goes round in a circle: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(problem.Message.Split(": ").Last().Split(';')[0], Ways);
    }

    [Fact]
    public async Task A_circle_over_a_server_that_the_change_does_not_name_is_one_too()
    {
        await install.ApplyAsync(File(("web", "db"), ("db", "")));

        var applied = await install.TryApplyAsync(File(("db", "web")), new ApplyOptions { Alone = true });

        Assert.Contains("db -> web -> db", Assert.Single(applied.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ways_that_meet_again_are_no_circle()
    {
        await install.ApplyAsync(File(("a", "b, c"), ("b", "d"), ("c", "d"), ("d", "")));

        Assert.Equal(["b", "c"], await NeedsAsync("a"));
    }

    [Fact]
    public async Task A_server_of_another_tenant_is_unknown()
    {
        await install.ApplyAsync(File(("db", "")), tenant: Install.Dora);

        var applied = await install.TryApplyAsync(File(("web", "db")));

        Assert.Equal("depends_on_unknown", Assert.Single(applied.Problems).Code);
    }

    [Fact]
    public async Task A_file_that_erases_a_server_may_not_depend_on_it()
    {
        await install.ApplyAsync(File(("web", "db"), ("db", "")));

        var applied = await install.TryApplyAsync(File(("web", "db")), new ApplyOptions { Prune = true });

        Assert.Equal("depends_on_unknown", Assert.Single(applied.Problems).Code);
    }

    [Fact]
    public async Task Depending_on_a_server_ends_with_it_whoever_erases_it()
    {
        await install.ApplyAsync(File(("web", "cache, db"), ("db", ""), ("cache", "")));

        await install.ApplyAsync("servers: []", new ApplyOptions { Alone = true, Erase = "cache" });
        Assert.Equal(["db"], await NeedsAsync("web"));

        var key = new ServerKey(TenantId.Local, await install.IdOfAsync("db"));
        Assert.True(await install.Get<ServerEraser>().AskAsync(key, Actor.System, CancellationToken.None));
        Assert.Empty(await NeedsAsync("web"));
    }

    private static readonly string[] Ways =
    [
        "web -> app -> db -> web",
        "app -> db -> web -> app",
        "db -> web -> app -> db",
    ];

    private async Task<string[]> NeedsAsync(string slug) =>
        (
            await install.QueryAsync<string[]>(
                "SELECT depends_on FROM servers.server WHERE slug = @slug AND tenant_id = @tenant",
                new { slug, tenant = TenantId.Local.Value }
            )
        ).Single();

    private static string File(params (string Slug, string Needs)[] servers) =>
        "servers:\n"
        + string.Concat(
            servers.Select(server =>
                $"  - {{ slug: {server.Slug}, url: 'https://{server.Slug}.example/mcp', depends_on: [{server.Needs}] }}\n"
            )
        );
}
