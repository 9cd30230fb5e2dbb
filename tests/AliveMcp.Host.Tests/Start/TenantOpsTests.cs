using AliveMcp.Host.Ops;
using AliveMcp.Host.Tests.Embedded;
using AliveMcp.Testing.Processes;
using AliveMcp.Testing.Storage;
using Dapper;

namespace AliveMcp.Host.Tests.Start;

/// <summary>What an operator does to tenants, by the program itself.</summary>
public sealed class TenantOpsTests(TestStorage storage) : IClassFixture<TestStorage>
{
    [Fact]
    public async Task A_tenant_is_made_suspended_told_past_due_and_let_go_on()
    {
        Assert.Contains("amcp_live_", await RunAsync(0, "add", "acme", "--name", "Acme Ltd", "--plan", "team"));
        Assert.Contains("There is a tenant 'acme' already", await RunAsync(65, "add", "acme"));

        Assert.Contains(
            "suspended since",
            await RunAsync(0, "suspend", "acme", "--reason", "sends spam"),
            StringComparison.Ordinal
        );
        Assert.Contains(": sends spam", await RunAsync(0, "list"), StringComparison.Ordinal);
        Assert.Contains("past due since", await RunAsync(0, "past-due", "acme", "--reason", "invoice 7"));
        Assert.Contains("Acme Ltd  plan team  active since", await RunAsync(0, "resume", "acme", "--reason", "paid"));

        Assert.Contains("There is no tenant 'nobody'.", await RunAsync(65, "suspend", "nobody", "--reason", "x"));
        Assert.Contains("belongs to the install", await RunAsync(65, "suspend", "public", "--reason", "x"));
        Assert.Contains("Say why", await RunAsync(65, "suspend", "acme", "--reason", " "));
        Assert.Equal(["invoice 7", "paid", "sends spam"], (await WhysAsync()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("tenant", "suspend")]
    [InlineData("tenant", "suspend", "acme")]
    [InlineData("tenant", "suspend", "acme", "--reason")]
    [InlineData("tenant", "suspend", "--all", "--reason", "x")]
    [InlineData("tenant", "erase", "acme", "--reason", "x")]
    public void Words_that_make_no_sense_are_not_guessed_at(params string[] words) =>
        Assert.Null(TenantWords.Read(words));

    private async Task<IEnumerable<string>> WhysAsync()
    {
        await using var connection = await storage.Doors.AllTenants.OpenConnectionAsync();
        return await connection.QueryAsync<string>(
            "SELECT why FROM storage.audit WHERE action = 'tenant.status_changed' AND layer = 'root_operator'"
        );
    }

    private async Task<string> RunAsync(int expected, params string[] words)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Postgres"] = storage.Options.Bootstrap.ConnectionString,
            ["ConnectionStrings__Redis"] = storage.Options.Redis,
        };
        await using var ops = ProgramUnderTest.Start("AliveMcp.Host", ["ops", "tenant", .. words], settings);
        var code = await ops.WaitForExitAsync(Patience.Limit);
        Assert.True(code == expected, $"{code}: {ops.Output}");
        return ops.Output;
    }
}
