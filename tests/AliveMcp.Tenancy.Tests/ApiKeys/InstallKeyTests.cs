using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Tests.Tenants;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.Tests.ApiKeys;

public sealed class InstallKeyTests(Install install) : IClassFixture<Install>, IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alivemcp-test-key-");

    private string File => Path.Combine(_folder.FullName, "run", "api-key");

    [Fact]
    public async Task The_first_start_writes_a_token_that_may_write_for_the_local_tenant()
    {
        await EnsureAsync();

        var key = await RecogniseAsync(await ReadAsync());
        Assert.NotNull(key);
        Assert.Equal(TenantId.Local, key.Tenant);
        Assert.Equal(["write"], key.Scopes);
    }

    [Fact]
    public async Task Only_its_owner_may_read_it()
    {
        await EnsureAsync();

        Assert.Equal(OwnerOnly, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public async Task A_later_start_keeps_it()
    {
        await EnsureAsync();
        var first = await ReadAsync();

        await EnsureAsync();

        Assert.Equal(first, await ReadAsync());
    }

    [Fact]
    public async Task A_token_that_others_could_have_read_is_revoked_and_replaced()
    {
        await EnsureAsync();
        var first = await ReadAsync();
        System.IO.File.SetUnixFileMode(File, OwnerOnly | UnixFileMode.GroupRead);

        await EnsureAsync();

        Assert.NotEqual(first, await ReadAsync());
        Assert.Null(await RecogniseAsync(first));
        Assert.Equal(OwnerOnly, System.IO.File.GetUnixFileMode(File));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a token")]
    [InlineData("amcp_live_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_file_that_holds_no_good_token_is_replaced(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, content);

        await EnsureAsync();

        Assert.NotNull(await RecogniseAsync(await ReadAsync()));
        Assert.Equal(OwnerOnly, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public async Task A_link_in_its_place_is_replaced_and_what_it_points_to_is_left_alone()
    {
        var elsewhere = Path.Combine(_folder.FullName, "elsewhere");
        await System.IO.File.WriteAllTextAsync(elsewhere, "mine");
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.CreateSymbolicLink(File, elsewhere);

        await EnsureAsync();

        Assert.Equal("mine", await System.IO.File.ReadAllTextAsync(elsewhere));
        Assert.Null(new FileInfo(File).LinkTarget);
    }

    [Fact]
    public async Task Starts_at_the_same_moment_leave_one_whole_good_token_and_no_drafts()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => EnsureAsync()));

        Assert.NotNull(await RecogniseAsync(await ReadAsync()));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task EnsureAsync() =>
        install.Services.GetRequiredService<InstallKey>().EnsureAsync(File, CancellationToken.None);

    private async Task<string> ReadAsync() => (await System.IO.File.ReadAllTextAsync(File)).Trim();

    private Task<RecognisedKey?> RecogniseAsync(string text) =>
        install.AsAsync(
            null,
            services => services.GetRequiredService<ApiKeyDesk>().RecogniseAsync(text, CancellationToken.None)
        );
}
