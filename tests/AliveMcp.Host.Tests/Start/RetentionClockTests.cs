using AliveMcp.Archive;
using AliveMcp.Host.Ops;
using AliveMcp.Hosting.Plans;
using AliveMcp.Storage;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Host.Tests.Start;

public sealed class RetentionClockTests(TestStorage storage) : IClassFixture<TestStorage>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_a_clock_that_is_a_year_ahead_nothing_is_dropped()
    {
        await using var services = Services(ahead: TimeSpan.FromDays(365));
        var ops = services.GetRequiredService<RetentionOps>();

        var told = await ops.RunAsync(new RetentionWords(Apply: false, Release: null), Cancelled);
        var done = await ops.RunAsync(new RetentionWords(Apply: true, Release: null), Cancelled);

        Assert.True(told.TryGet(out _));
        Assert.Equal("clocks_apart", Assert.Single(done.Problems).Code);
    }

    [Fact]
    public async Task By_a_clock_that_agrees_it_is_done()
    {
        await using var services = Services(ahead: TimeSpan.Zero);

        var done = await services
            .GetRequiredService<RetentionOps>()
            .RunAsync(new RetentionWords(Apply: true, Release: null), Cancelled);

        Assert.True(done.TryGet(out _), string.Join(' ', done.Problems.Select(problem => problem.Message)));
    }

    private ServiceProvider Services(TimeSpan ahead)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new TestClock(TimeProvider.System.GetUtcNow() + ahead));
        services.AddAliveMcpStorage(storage.Options, storage.Redis);
        services.AddSingleton(PlansFile.Read(PlansFile.DefaultPath));
        services.AddSingleton<TenantSlugs>();
        services.AddRetention();
        services.AddSingleton<RetentionOps>();
        return services.BuildServiceProvider();
    }
}
