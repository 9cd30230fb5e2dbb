using AliveMcp.Host.Ops;
using AliveMcp.Host.Tests.Embedded;
using AliveMcp.Testing.Processes;
using AliveMcp.Testing.Storage;
using Dapper;

namespace AliveMcp.Host.Tests.Start;

/// <summary>What an operator does about keeping and erasing, by the program itself.</summary>
public sealed class KeepOpsTests(TestStorage storage) : IClassFixture<TestStorage>
{
    [Fact]
    public async Task Retention_tells_first_and_does_it_when_asked_to()
    {
        Assert.Contains(
            "promise  tenant 2: plan self_hosted",
            await RunAsync(0, "retention"),
            StringComparison.Ordinal
        );
        Assert.Contains("--apply does it", await RunAsync(0, "retention"), StringComparison.Ordinal);

        Assert.Contains("Dropped 0 partitions", await RunAsync(0, "retention", "--apply"), StringComparison.Ordinal);
        Assert.Contains("Nothing is over.", await RunAsync(0, "retention"), StringComparison.Ordinal);

        await ExecuteAsync("UPDATE archive.promise SET day_history = 9999 WHERE tenant_id = 2");
        Assert.Contains("Tenant 'local' was promised", await RunAsync(65, "retention"), StringComparison.Ordinal);
        Assert.Contains("given up", await RunAsync(0, "retention", "release", "local"), StringComparison.Ordinal);
        Assert.Contains("Nothing is over.", await RunAsync(0, "retention"), StringComparison.Ordinal);
        Assert.Equal(["history.drop_asked", "history.promise_released"], await ToldAsync("history.%"));
    }

    [Fact]
    public async Task A_tenant_is_erased_after_it_was_told_what_would_go_and_a_receipt_stays()
    {
        var (tenant, server) = await PlantAsync();
        var slug = $"erasure-drill-{server}";

        var told = await RunAsync(0, "erase", "server", $"{slug}/erasure-drill");
        Assert.Contains("archive.verdict_hour  1 rows", told, StringComparison.Ordinal);
        Assert.Contains("--yes does it", told, StringComparison.Ordinal);
        Assert.Contains(
            "\"asked_by\": \"operator ",
            await RunAsync(0, "erase", "server", $"{slug}/erasure-drill", "--yes")
        );
        Assert.Contains("has no server", await RunAsync(65, "erase", "server", $"{slug}/erasure-drill"));

        Assert.Contains(
            "tenancy.api_key  1 rows",
            await RunAsync(0, "erase", "tenant", slug),
            StringComparison.Ordinal
        );
        Assert.Contains("sha256 ", await RunAsync(0, "erase", "tenant", slug, "--yes"), StringComparison.Ordinal);
        Assert.Contains("There is no tenant", await RunAsync(65, "erase", "tenant", slug), StringComparison.Ordinal);
        Assert.Contains($"\"tenant_id\": {tenant}", await RunAsync(0, "erase", "receipts", $"{tenant}"));
        Assert.Contains($"\"server_id\":{server}", await RunAsync(0, "erase", "tombstones"), StringComparison.Ordinal);
        Assert.Contains("belongs to the install", await RunAsync(65, "erase", "tenant", "local", "--yes"));
    }

    [Fact]
    public async Task Stones_are_replayed_from_a_file()
    {
        var (tenant, server) = await PlantAsync();
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                file,
                $$"""{"v":1,"tenant_id":{{tenant}},"server_id":{{server}},"asked_by":"its owner","at":"2026-11-20T00:00:00Z"}"""
            );

            Assert.Contains("1 stones stand; 1 servers", await RunAsync(0, "erase", "--replay", file));
            Assert.Contains("1 stones stand; 0 servers", await RunAsync(0, "erase", "--replay", file));
            Assert.Equal(["erasure.replayed", "erasure.replayed"], await ToldAsync("erasure.%"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("erase")]
    [InlineData("erase", "server", "alice")]
    [InlineData("erase", "server", "alice/x", "--now")]
    [InlineData("erase", "tenant", "--yes")]
    [InlineData("erase", "receipts", "alice")]
    [InlineData("erase", "--replay")]
    [InlineData("retention", "release")]
    [InlineData("retention", "--yes")]
    public void Words_that_make_no_sense_are_not_guessed_at(params string[] words)
    {
        Assert.Null(EraseWords.Read(words));
        Assert.Null(RetentionWords.Read(words));
    }

    private async Task<(int Tenant, int Server)> PlantAsync()
    {
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(int, int)>("SELECT tenant, server FROM erasure.plant()");
    }

    /// <summary>The acts that the audit trail has of whoever sits at the terminal.</summary>
    private async Task<IEnumerable<string>> ToldAsync(string like)
    {
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync();
        return await connection.QueryAsync<string>(
            "SELECT action FROM storage.audit WHERE action LIKE @like AND layer = 'root_operator' ORDER BY action",
            new { like }
        );
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }

    private async Task<string> RunAsync(int expected, params string[] words)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Postgres"] = storage.Options.Bootstrap.ConnectionString,
            ["ConnectionStrings__Redis"] = storage.Options.Redis,
        };
        await using var ops = ProgramUnderTest.Start("AliveMcp.Host", ["ops", .. words], settings);
        var code = await ops.WaitForExitAsync(Patience.Limit);
        Assert.True(code == expected, $"{code}: {ops.Output}");
        return ops.Output;
    }
}
