using AliveMcp.StatusPages.Kept;
using AliveMcp.StatusPages.Tests.Looks;
using AliveMcp.StatusPages.Tests.Sites;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.StatusPages.Tests.Kept;

public sealed class KeptPagesTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public void What_is_kept_comes_back_as_it_was()
    {
        var view = MadeUp.View(MadeUp.Server("round", "Round", "trip"), MadeUp.Live());
        var standing = new KeptStanding(view.Server, view.Status, MadeUp.Now.Start);
        var facts = new KeptFacts(view.Facts!, MadeUp.Now.Start);

        Assert.Equivalent(standing, KeptCodec.Unpack<KeptStanding>(KeptCodec.Pack(standing)), strict: true);
        Assert.Equivalent(facts, KeptCodec.Unpack<KeptFacts>(KeptCodec.Pack(facts)), strict: true);
        Assert.InRange(KeptCodec.Pack(facts).Length, 1, 12_000);
    }

    [Fact]
    public void What_cannot_be_read_is_nothing()
    {
        Assert.Null(KeptCodec.Unpack<KeptStanding>(null));
        Assert.Null(KeptCodec.Unpack<KeptStanding>([1, 2, 3]));
        Assert.Null(KeptCodec.Unpack<KeptStanding>(KeptCodec.Pack(new { Other = 1 })));
    }

    [Fact]
    public async Task A_server_that_is_no_longer_public_is_forgotten()
    {
        var kept = site.Services.GetRequiredService<KeptPages>();
        var still = await site.ListAsync("still-public");
        var gone = still with { PublicSlug = "no-longer-public" };
        await kept.KeepAsync(new KeptStanding(still, MadeUp.Live(), MadeUp.Now.Start));
        await kept.KeepAsync(new KeptStanding(gone, MadeUp.Live(), MadeUp.Now.Start));
        var sweep = ActivatorUtilities.CreateInstance<KeptSweep>(site.Services, NullLogger<KeptSweep>.Instance);

        await sweep.SweepAsync(TestContext.Current.CancellationToken);

        Assert.NotNull(await kept.StandingAsync("still-public"));
        Assert.Null(await kept.StandingAsync("no-longer-public"));
    }
}
