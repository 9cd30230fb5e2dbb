using System.Diagnostics.CodeAnalysis;

namespace AliveMcp.Vocabulary.Plans;

/// <summary>All plans, by name. Read once from <c>deploy/plans.yaml</c> by Hosting and injected into the rooms.</summary>
public sealed class PlanTable(IEnumerable<Plan> plans)
{
    private readonly Dictionary<string, Plan> _plans = plans.ToDictionary(plan => plan.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<Plan> All => _plans.Values;

    /// <exception cref="KeyNotFoundException">No such plan: the table and the tenants' rows have parted.</exception>
    public Plan this[string name] => _plans[name];

    public bool TryGet(string name, [MaybeNullWhen(false)] out Plan plan) => _plans.TryGetValue(name, out plan);
}
