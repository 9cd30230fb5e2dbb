using AliveMcp.Servers.Catalogue;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Servers.Tests.Catalogue;

public sealed class ListingsTests(Install install) : IClassFixture<Install>, IAsyncLifetime
{
    private const string File = """
        servers:
          - { slug: open, url: "https://open.example/secret/path?token=hunter2", name: Open, tags: [a, b] }
          - { slug: hidden, url: "https://hidden.example/mcp", visibility: private }
        """;

    public async ValueTask InitializeAsync()
    {
        await install.EmptyAsync();
        await install.ApplyAsync(File);
    }

    [Fact]
    public async Task Strangers_see_public_facts_of_public_servers_and_no_path()
    {
        var listed = (await Listings.AllAsync(CancellationToken.None)).Single();

        Assert.Equal("open", listed.PublicSlug);
        Assert.Equal("Open", listed.Name);
        Assert.Equal("https://open.example", listed.DisplayUrl);
        Assert.Equal(["a", "b"], listed.Tags);
        Assert.False(listed.Paused);
        Assert.Equal(new ServerKey(TenantId.Local, await install.IdOfAsync("open")), listed.Key);
    }

    [Fact]
    public async Task Private_and_unknown_look_the_same()
    {
        Assert.Null(await Listings.FindAsync("hidden", CancellationToken.None));
        Assert.Null(await Listings.FindAsync("never-was", CancellationToken.None));
    }

    [Fact]
    public async Task Everybody_reads_them_and_only_their_owner_writes_them()
    {
        await using var session = await install.Storage.Doors.OpenAsync(Install.Charlie, CancellationToken.None);

        Assert.Equal(
            1,
            await session.Connection.ExecuteScalarAsync<int>("SELECT count(*) FROM servers.public_listing")
        );
        Assert.Equal(0, await session.Connection.ExecuteAsync("UPDATE servers.public_listing SET name = 'mine'"));
        Assert.Equal(0, await session.Connection.ExecuteAsync("DELETE FROM servers.public_listing"));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Listings Listings => install.Get<Listings>();
}
