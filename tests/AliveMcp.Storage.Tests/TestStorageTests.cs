using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Storage.Tests;

public sealed class TestStorageTests(TestStorage storage) : IClassFixture<TestStorage>
{
    [Fact]
    public async Task The_app_sees_its_own_tenant_and_no_other()
    {
        await using var session = await storage.Doors.OpenAsync(TenantId.Local, TestContext.Current.CancellationToken);

        var slugs = await session.Connection.QueryAsync<string>("SELECT slug FROM tenancy.tenant");

        Assert.Equal(["local"], slugs);
    }

    [Fact]
    public async Task Redis_tells_the_time()
    {
        Assert.Equal(2020, Math.Min(2020, (await storage.Clock.NowAsync()).Year));
    }
}
