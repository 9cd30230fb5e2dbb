using AliveMcp.Archive.Retention;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;

namespace AliveMcp.Archive.History;

/// <summary>
/// How far back each tenant's readers may look: the one place through which every read of history is cut. A window that even the shortest
/// plan shows whole costs no look at the tenant's plan.
/// </summary>
/// <param name="plans">All plans; null where there are none: then nothing is hidden.</param>
/// <param name="tenants">Who is on which.</param>
/// <param name="clock">Now.</param>
internal sealed class HistoryReach(PlanTable? plans, TenantPlans? tenants, TimeProvider clock)
{
    /// <summary>Nothing is hidden from anybody.</summary>
    public static HistoryReach Whole { get; } = new(null, null, TimeProvider.System);

    /// <summary>What may be seen of a window minute by minute.</summary>
    public ValueTask<Window> MinutesAsync(TenantId tenant, Window window, CancellationToken cancellationToken) =>
        CutAsync(tenant, window, static (reach, asked) => reach.Cut(asked), cancellationToken);

    /// <summary>What may be seen of a window by its figures: minutes as far as they go, whole UTC days before.</summary>
    public ValueTask<Window> FiguresAsync(TenantId tenant, Window window, CancellationToken cancellationToken) =>
        CutAsync(tenant, window, static (reach, asked) => reach.CutFigures(asked), cancellationToken);

    private async ValueTask<Window> CutAsync(
        TenantId tenant,
        Window window,
        Func<Reach, Window, Window> cut,
        CancellationToken cancellationToken
    )
    {
        if (plans is null || tenants is null)
        {
            return window;
        }

        var now = clock.GetUtcNow();
        var least = cut(Shortest(now), window);
        if (least == window)
        {
            return window;
        }

        try
        {
            return cut(Of(await tenants.OfAsync(tenant, cancellationToken), now), window);
        }
        catch (KeyNotFoundException)
        {
            // A tenant that is gone, or a plan that the file no longer knows: nothing more than every plan shows.
            return least;
        }
    }

    private Reach Shortest(DateTimeOffset now)
    {
        var all = plans!.All.Select(plan => Of(plan, now)).ToList();
        return all.Count == 0
            ? Reach.Whole
            : new Reach(all.MaxBy(reach => reach.Minutes).Minutes, all.MaxBy(reach => reach.Days).Days);
    }

    private static Reach Of(Plan plan, DateTimeOffset now)
    {
        var horizon = HistoryHorizon.Of(plan, now);
        var day = new MinuteStamp(Math.Max(0, horizon.FirstDay) * 1440);

        // What is shown minute by minute is shown by the day as well.
        return new Reach(horizon.FirstMinute, day < horizon.FirstMinute ? day : horizon.FirstMinute);
    }
}
