namespace AliveMcp.Vocabulary;

/// <summary>A customer. Tenant 0 is nobody: what the install does for itself. Tenant 1 is <c>public</c> (crawled listings), tenant 2 is <c>local</c> (an install's own servers).</summary>
public readonly record struct TenantId(int Value)
{
    /// <summary>The install itself: it has no members, no servers and no row, but a chain in the audit trail and the self-test of alerts.</summary>
    public static TenantId Install { get; } = new(0);

    /// <summary>The built-in tenant that owns crawled public listings.</summary>
    public static TenantId Public { get; } = new(1);

    /// <summary>The built-in tenant that owns the servers of <c>alivemcp.yaml</c>.</summary>
    public static TenantId Local { get; } = new(2);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
