namespace AliveMcp.Alerting.Deliveries;

/// <summary>
/// The last of the fences between tenants: whatever rows say, nothing leaves unless rule, sink, delivery, incident and server are one
/// tenant's. It trusts neither row security nor foreign keys, which are the other two.
/// </summary>
internal static class TenantGate
{
    /// <summary>Why this must not leave; null: it may.</summary>
    public static string? Refusal(GatedRows rows)
    {
        if (rows.SinkTenant != rows.Tenant)
        {
            return $"sink {rows.SinkId} is not of tenant {rows.Tenant}";
        }

        if (rows.RuleTenant is { } rule && rule != rows.Tenant)
        {
            return $"its rule is not of tenant {rows.Tenant}";
        }

        if (rows.AlertTenant is { } alert && alert != rows.Tenant)
        {
            return $"its alert is not of tenant {rows.Tenant}";
        }

        if (rows.IncidentTenant is { } incident && incident != rows.Tenant)
        {
            return $"its incident is not of tenant {rows.Tenant}";
        }

        return rows.ServerTenant is { } server && server != rows.Tenant && !rows.IsClaimed
            ? $"its server is neither of tenant {rows.Tenant} nor claimed by it"
            : null;
    }
}

/// <summary>Whose each row is that a delivery rests on; null: it rests on no such row.</summary>
internal readonly record struct GatedRows
{
    public required int Tenant { get; init; }

    public required int SinkId { get; init; }

    /// <summary>0: there is no such sink.</summary>
    public required int SinkTenant { get; init; }

    public int? RuleTenant { get; init; }

    public int? AlertTenant { get; init; }

    public int? IncidentTenant { get; init; }

    public int? ServerTenant { get; init; }

    /// <summary>The tenant has a claim on the server.</summary>
    public bool IsClaimed { get; init; }
}
