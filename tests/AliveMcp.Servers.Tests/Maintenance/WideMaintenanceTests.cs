using AliveMcp.Servers.Maintenance;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Servers.Tests.Maintenance;

/// <summary>How many windows of more than one server there may be.</summary>
public sealed class WideMaintenanceTests(Install install) : IClassFixture<Install>, IAsyncLifetime
{
    private const string File = "maintenance: [{ from: 2026-12-01T22:00Z, to: 2026-12-01T23:00Z, all: true }]";

    public async ValueTask InitializeAsync() => await install.EmptyAsync();

    [Fact]
    public async Task Windows_that_are_over_leave_room_for_new_ones()
    {
        await HaveAsync(WideMaintenance.Most, "- interval '1 day'", rule: null);

        Assert.Empty((await install.TryApplyAsync(File)).Problems);
        Assert.Empty((await PlanAsync()).Problems);
    }

    [Theory]
    [InlineData("+ interval '1 day'", null)]
    [InlineData("- interval '1 day'", "FREQ=DAILY")]
    public async Task Windows_that_come_or_come_again_count(string ends, string? rule)
    {
        await HaveAsync(WideMaintenance.Most, ends, rule);

        Assert.Equal(
            "maintenance_limit",
            Assert.Single((await install.TryApplyAsync(File)).Problems.Select(problem => problem.Code))
        );
        Assert.Equal("maintenance_limit", Assert.Single((await PlanAsync()).Problems.Select(problem => problem.Code)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task HaveAsync(int windows, string ends, string? rule) =>
        install.ExecuteAsync(
            $"""
            INSERT INTO servers.wide_maintenance (tenant_id, tags, from_at, to_at, rrule, managed_by)
            SELECT @tenant, ARRAY['t' || n], @now::timestamptz - interval '2 days', @now::timestamptz {ends}, @rule, 'api'
            FROM generate_series(1, @windows) AS n
            """,
            new
            {
                tenant = TenantId.Local.Value,
                now = install.Clock.GetUtcNow(),
                windows,
                rule,
            }
        );

    private Task<Result<int>> PlanAsync()
    {
        var begins = install.Clock.GetUtcNow().AddDays(1);
        var wide = new WideSpan(new MaintenanceSpan(begins, begins.AddHours(1), Note: null), ["prod"]);
        return install.AsAsync(
            TenantId.Local,
            services => services.GetRequiredService<WideMaintenance>().PlanAsync(wide, CancellationToken.None)
        );
    }
}
