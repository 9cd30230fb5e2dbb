using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Plans;

namespace AliveMcp.Archive.Retention;

/// <summary>
/// Compares what tenants were promised with what their plans say now. Another plan is the tenant's own choice and a new promise; the same
/// plan with smaller figures is ours, and is not carried out behind anybody's back.
/// </summary>
internal static class PromiseRule
{
    /// <param name="tenants">Every tenant with its slug and the name of its plan.</param>
    /// <param name="promised">What is written down.</param>
    /// <param name="plans">What <c>deploy/plans.yaml</c> says.</param>
    public static PromiseAnswer Judge(
        IEnumerable<TenantOnPlan> tenants,
        IReadOnlyDictionary<TenantId, HistoryPromise> promised,
        PlanTable plans
    )
    {
        var granted = new List<HistoryPromise>();
        var broken = new List<Problem>();
        foreach (var tenant in tenants)
        {
            if (!plans.TryGet(tenant.Plan, out var plan))
            {
                broken.Add(
                    new Problem(
                        "plan_missing",
                        $"Tenant '{tenant.Slug}' is on plan '{tenant.Plan}', which plans.yaml does not have.",
                        tenant.Plan
                    )
                );
                continue;
            }

            var before = promised.GetValueOrDefault(tenant.Tenant);
            var now = new HistoryPromise(tenant.Tenant, plan.Name, plan.MinuteHistory, plan.DayHistory);
            if (before is not null && before.Plan == now.Plan && Shrinks(before, now))
            {
                broken.Add(Broken(tenant, before, now));
            }
            else if (before != now)
            {
                granted.Add(now);
            }
        }

        return new PromiseAnswer(granted, broken);
    }

    private static bool Shrinks(HistoryPromise before, HistoryPromise now) =>
        now.Minutes < before.Minutes || now.Days < before.Days;

    private static Problem Broken(TenantOnPlan tenant, HistoryPromise before, HistoryPromise now) =>
        new(
            "promise_broken",
            $"Tenant '{tenant.Slug}' was promised minutes for {Word(before.Minutes)} and days for {before.Days} by plan '{before.Plan}'; "
                + $"plans.yaml now says {Word(now.Minutes)} and {now.Days}. No history is dropped until it says at least what was promised, "
                + $"or 'alivemcp ops retention release {tenant.Slug}' gives the promise up.",
            before.Plan
        );

    /// <summary>A retention class as the file spells it.</summary>
    public static string Word(RetentionClass kept) =>
        kept switch
        {
            RetentionClass.Days7 => "7d",
            RetentionClass.Days90 => "90d",
            RetentionClass.Months13 => "13mo",
            _ => "25mo",
        };
}

/// <summary>A tenant, as operators call it, and the name of its plan.</summary>
internal sealed record TenantOnPlan(TenantId Tenant, string Slug, string Plan);

/// <summary>Promises to be written down, and those that the plans would break.</summary>
internal sealed record PromiseAnswer(IReadOnlyList<HistoryPromise> Granted, IReadOnlyList<Problem> Broken);
