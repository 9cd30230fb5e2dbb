using AliveMcp.Servers.Catalogue;

namespace AliveMcp.Servers.Tests.Files;

public sealed class PublicNamesTests(Install install) : IClassFixture<Install>, IAsyncLifetime
{
    private const string Two = """
        servers:
          - { slug: weather, url: "https://weather.example/mcp", tags: [sea] }
          - { slug: search, url: "https://search.example/mcp", visibility: private }
        """;

    public async ValueTask InitializeAsync() => await install.EmptyAsync();

    [Fact]
    public async Task Public_names_are_unique_over_all_tenants_and_stay()
    {
        const string weather = "servers: [{ slug: weather, url: 'https://charlie.example/mcp' }]";
        await install.ApplyAsync(Two);
        await install.ApplyAsync(weather, tenant: Install.Charlie);
        Assert.Equal("https://weather.example", (await ListingAsync("weather"))!.DisplayUrl);
        Assert.Equal("https://charlie.example", (await ListingAsync("weather-2"))!.DisplayUrl);

        await install.ApplyAsync(Two.Replace("tags: [sea]", "visibility: private", StringComparison.Ordinal));
        Assert.Null(await ListingAsync("weather"));
        await install.ApplyAsync(weather.Replace("charlie.", "c.", StringComparison.Ordinal), tenant: Install.Charlie);
        Assert.Equal("https://c.example", (await ListingAsync("weather-2"))!.DisplayUrl);

        await install.ApplyAsync(Two);
        Assert.Equal("https://weather.example", (await ListingAsync("weather"))!.DisplayUrl);
    }

    [Fact]
    public async Task Tenants_who_want_the_same_public_name_at_the_same_moment_both_get_one()
    {
        const string file = "servers: [{ slug: weather, url: 'https://weather.example/mcp' }]";

        await Task.WhenAll(install.ApplyAsync(file), install.ApplyAsync(file, tenant: Install.Charlie));

        var listed = await install.Get<Listings>().AllAsync(CancellationToken.None);
        Assert.Equal(["weather", "weather-2"], listed.Select(server => server.PublicSlug));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<ListedServer?> ListingAsync(string publicSlug) =>
        install.Get<Listings>().FindAsync(publicSlug, CancellationToken.None);
}
