using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.Tests.Tenants;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.Tests.ApiKeys;

public sealed class ApiKeyDeskTests(Install install) : IClassFixture<Install>
{
    [Fact]
    public async Task A_key_is_recognised_with_its_tenant_and_scopes_before_anybody_said_whose_it_is()
    {
        var token = await IssueAsync(Install.Charlies, "read");

        var key = await RecogniseAsync(token.Text);

        Assert.NotNull(key);
        Assert.Equal(Install.Charlies, key.Tenant);
        Assert.Equal(["read"], key.Scopes);
    }

    [Fact]
    public async Task The_right_prefix_with_another_secret_is_nobody()
    {
        var token = await IssueAsync(TenantId.Local, "write");
        var last = token.Text[^1] == 'a' ? 'b' : 'a';

        Assert.Null(await RecogniseAsync(token.Text[..^1] + last));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("amcp_live_%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%")]
    [InlineData("' OR true --")]
    [InlineData("amcp_live_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_was_never_given_out_is_nobody(string? text) => Assert.Null(await RecogniseAsync(text));

    [Fact]
    public async Task A_revoked_key_is_nobody()
    {
        var token = await IssueAsync(TenantId.Local, "write");
        var key = await RecogniseAsync(token.Text);

        await RevokeAsync(TenantId.Local, key!.ApiKeyId);

        Assert.Null(await RecogniseAsync(token.Text));
    }

    [Fact]
    public async Task Nobody_revokes_the_key_of_another_tenant()
    {
        var token = await IssueAsync(TenantId.Local, "write");
        var key = await RecogniseAsync(token.Text);

        await RevokeAsync(Install.Charlies, key!.ApiKeyId);

        Assert.NotNull(await RecogniseAsync(token.Text));
    }

    [Fact]
    public async Task An_expired_key_is_nobody_from_that_very_instant_on()
    {
        var now = install.Clock.GetUtcNow();
        var past = await IssueAsync(TenantId.Local, "write", now);
        var future = await IssueAsync(TenantId.Local, "write", now.AddSeconds(1));

        Assert.Null(await RecogniseAsync(past.Text));
        Assert.NotNull(await RecogniseAsync(future.Text));
    }

    [Fact]
    public async Task The_secret_is_nowhere_in_the_database()
    {
        var token = await IssueAsync(TenantId.Local, "write");
        await using var connection = await install.Storage.Doors.AllTenants.OpenConnectionAsync();

        var rows = await connection.QueryAsync<string>("SELECT row_to_json(k)::text FROM tenancy.api_key k");

        var secret = token.Text[(ApiKeyToken.Mark.Length + token.Prefix.Length)..];
        Assert.NotEmpty(rows);
        Assert.DoesNotContain(rows, row => row.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_use_is_noted_once_a_minute()
    {
        var token = await IssueAsync(TenantId.Local, "write");
        var key = (await RecogniseAsync(token.Text))!.ApiKeyId;
        var first = install.Clock.GetUtcNow();

        await NoteUseAsync(key);
        install.Clock.Advance(TimeSpan.FromSeconds(59));
        await NoteUseAsync(key);
        Assert.Equal(first, await LastUsedAsync(key));

        install.Clock.Advance(TimeSpan.FromSeconds(2));
        await NoteUseAsync(key);
        Assert.Equal(first.AddSeconds(61), await LastUsedAsync(key));
    }

    private Task<ApiKeyToken> IssueAsync(TenantId tenant, string scope, DateTimeOffset? expiresAt = null) =>
        install.AsAsync(
            tenant,
            services =>
                services
                    .GetRequiredService<ApiKeyDesk>()
                    .IssueAsync("a test's", [scope], expiresAt, CancellationToken.None)
        );

    private Task<RecognisedKey?> RecogniseAsync(string? text) =>
        install.AsAsync(
            null,
            services => services.GetRequiredService<ApiKeyDesk>().RecogniseAsync(text, CancellationToken.None)
        );

    private Task<bool> NoteUseAsync(int key) =>
        install.AsAsync(
            TenantId.Local,
            async services =>
            {
                await services.GetRequiredService<ApiKeyDesk>().NoteUseAsync(key, CancellationToken.None);
                return true;
            }
        );

    private Task<bool> RevokeAsync(TenantId tenant, int key) =>
        install.AsAsync(
            tenant,
            async services =>
            {
                await services.GetRequiredService<ApiKeyDesk>().RevokeAsync(key, CancellationToken.None);
                return true;
            }
        );

    private async Task<DateTimeOffset> LastUsedAsync(int key)
    {
        await using var connection = await install.Storage.Doors.AllTenants.OpenConnectionAsync();
        var used = await connection.ExecuteScalarAsync<DateTime>(
            "SELECT last_used_at FROM tenancy.api_key WHERE api_key_id = @key",
            new { key }
        );
        return new DateTimeOffset(used, TimeSpan.Zero);
    }
}
