using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Budgets;

/// <summary>What some tenants have spent in this hour; filled before, asked alert by alert, written back afterwards, all under the tenants' locks.</summary>
internal sealed class BudgetBook(DateTimeOffset hour)
{
    private readonly Dictionary<(int Tenant, Severity Severity), int> _counted = [];
    private readonly HashSet<(int Tenant, Severity Severity)> _changed = [];

    public DateTimeOffset Hour { get; } = hour;

    /// <summary>Alerts an hour by tenant; null: no limit.</summary>
    public required IReadOnlyDictionary<int, int?> PerHour { get; init; }

    public IEnumerable<SpentShare> Changed =>
        _changed.Select(key => new SpentShare(key.Tenant, (short)key.Severity, _counted[key]));

    public void Load(SpentShare spent) => _counted[(spent.TenantId, (Severity)spent.Severity)] = spent.Counted;

    /// <summary>Counts one alert, however many sinks hear of it.</summary>
    public Spending Spend(int tenant, Severity severity)
    {
        var counted = _counted[(tenant, severity)] = _counted.GetValueOrDefault((tenant, severity)) + 1;
        _changed.Add((tenant, severity));
        var share = AlertBudget.ShareOf(PerHour.GetValueOrDefault(tenant), severity);
        return share is null || counted <= share ? Spending.Within
            : counted == share + 1 ? Spending.First
            : Spending.Beyond;
    }
}

/// <summary>Where an alert stands in its hour.</summary>
internal enum Spending
{
    /// <summary>It is told.</summary>
    Within,

    /// <summary>The first one above: it is told at once that the rest of the hour comes together.</summary>
    First,

    /// <summary>It waits for the digest.</summary>
    Beyond,
}

/// <summary>A row of <c>alerting.budget</c>.</summary>
internal sealed record SpentShare(int TenantId, short Severity, int Counted);
